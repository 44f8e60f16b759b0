"""The ledgers of tests/ledger, for decisions."""

from __future__ import annotations

from tests.ledger.conftest import ledgers, place, postgres

__all__ = ["ledgers", "place", "postgres"]
