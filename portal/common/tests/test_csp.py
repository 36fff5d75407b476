"""The content security policy: strict on the portal, an exception for the two admins."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def policy(response: Any) -> dict[str, list[str]]:
    parts = [
        part.split() for part in response["Content-Security-Policy"].split(";") if part.strip()
    ]
    return {name: values for name, *values in parts}


class TestPortal:
    @pytest.mark.parametrize(
        "address", ["/", "/courses/", "/auth/login/", "/nowhere/", "/api/v2/pages/"]
    )
    def test_no_inline_and_no_foreign_scripts(self, client: Client, address: str) -> None:
        found = policy(client.get(address))
        scripts = found.get("script-src", found["default-src"])

        assert "'unsafe-inline'" not in scripts
        assert "'unsafe-eval'" not in scripts
        assert not [source for source in scripts if "//" in source or source == "*"]
        assert "'unsafe-inline'" not in found.get("style-src", found["default-src"])
        assert found["frame-ancestors"] in (["'none'"], ["'self'"])
        assert found["object-src"] in (["'none'"], ["'self'"])
        assert found["base-uri"] in (["'none'"], ["'self'"])


class TestAdmin:
    def test_its_inline_scripts_run_and_nothing_foreign_does(
        self, admin_user: Any, client_for: Any
    ) -> None:
        found = policy(client_for(admin_user).get("/admin/"))

        assert "'unsafe-inline'" in found["script-src"]
        assert not [source for source in found["script-src"] if "//" in source or source == "*"]

    @pytest.mark.parametrize("address", ["/administrator/", "/adminx/", "/courses/admin/"])
    def test_only_below_its_own_address(self, client: Client, address: str) -> None:
        found = policy(client.get(address))

        assert "'unsafe-inline'" not in found.get("script-src", found["default-src"])
