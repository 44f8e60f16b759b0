"""The ledger: what people decided and asked, outside the graph.

Waivers, decisions and kept runs; accounts and keys; saved queries; the audit trail. Beside the
store in the layers; the only importer of `sqlalchemy`, which takes a third of a second of the processor:
a name is imported when it is first asked for, so that a command that needs none does not wait for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.ledger.accounts import Account, Accounts, Key
    from graph.ledger.audit import AuditTrail
    from graph.ledger.book import Ledger
    from graph.ledger.chain import Verification
    from graph.ledger.entries import Entry, Filter
    from graph.ledger.intentions import Intentions, Outcome
    from graph.ledger.records import Decision, KeptRun, Waiver
    from graph.ledger.saved import SavedQueries, SavedQuery

__all__ = [
    "Account",
    "Accounts",
    "AuditTrail",
    "Decision",
    "Entry",
    "Filter",
    "Intentions",
    "KeptRun",
    "Key",
    "Ledger",
    "Outcome",
    "SavedQueries",
    "SavedQuery",
    "Verification",
    "Waiver",
]

_MODULES = {
    "accounts": ("Account", "Accounts", "Key"),
    "audit": ("AuditTrail",),
    "book": ("Ledger",),
    "chain": ("Verification",),
    "entries": ("Entry", "Filter"),
    "intentions": ("Intentions", "Outcome"),
    "records": ("Decision", "KeptRun", "Waiver"),
    "saved": ("SavedQueries", "SavedQuery"),
}


def __getattr__(name: str) -> Any:
    module = next((m for m, names in _MODULES.items() if name in names), None)
    if module is None:
        raise AttributeError(name)
    return getattr(import_module(f"graph.ledger.{module}"), name)
