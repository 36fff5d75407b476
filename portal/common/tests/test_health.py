"""The two questions of a load balancer."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import Storage, storages
from django.db import DatabaseError
from django.test import Client

from portal.common import health

pytestmark = pytest.mark.django_db


class TestAlive:
    def test_it_asks_nothing(self, client: Client, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert client.get("/healthz").json() == {"status": "ok"}


class TestReady:
    def test_all_is_well(self, client: Client) -> None:
        response = client.get("/readyz")

        assert response.status_code == 200
        assert response.json() == {"status": "ok", "database": True, "storage": True, "cache": True}
        assert "no-store" in response["Cache-Control"]

    def test_its_probe_leaves_nothing_behind(self, client: Client) -> None:
        for _ in range(3):
            client.get("/readyz")

        assert storages["private"].listdir("readyz") == ([], [])

    def test_a_storage_that_takes_no_files_is_not_ready(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(self: Storage, *args: Any, **kwargs: Any) -> None:
            raise PermissionError("read-only file system")

        monkeypatch.setattr(Storage, "save", refuse)
        response = client.get("/readyz")

        assert response.status_code == 503
        assert (response.json()["status"], response.json()["storage"]) == ("unavailable", False)

    def test_a_database_that_is_away_is_not_ready(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Away:
            def cursor(self) -> None:
                raise DatabaseError("gone")

        monkeypatch.setattr(health, "connection", Away())
        response = client.get("/readyz")

        assert (response.status_code, response.json()["database"]) == (503, False)

    @pytest.mark.parametrize("address", ["/healthz", "/readyz"])
    def test_nothing_can_be_sent(self, client: Client, address: str) -> None:
        assert client.post(address).status_code == 405
