"""The ledger: what people decided and asked, outside the graph.

Waivers, decisions and kept runs; accounts and keys; saved queries; the audit trail. Beside the
store in the layers; the only importer of `sqlalchemy`.
"""

from graph.ledger.accounts import Account, Accounts, Key
from graph.ledger.audit import AuditTrail, Entry, Filter, Verification
from graph.ledger.book import Ledger
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
