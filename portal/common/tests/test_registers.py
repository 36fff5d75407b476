"""What a register's export may hold."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from portal.common.registers import defuse


class TestDefuse:
    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']
    )
    def test_no_text_is_a_formula(self, text: str) -> None:
        assert defuse(text) == f"'{text}"

    @pytest.mark.parametrize("value", ["Ada", "a=b", "", None, 0, -5, -1.5, Decimal(-2), True])
    def test_everything_else_stays(self, value: Any) -> None:
        assert defuse(value) is value

    def test_a_date_stays_a_date(self) -> None:
        moment = datetime(2026, 1, 1)

        assert defuse(moment) is moment

    def test_the_name_of_a_row_counts_as_text(self) -> None:
        person = User(first_name="=cmd", last_name="x")

        assert str(defuse(person)).startswith("'")
