"""The ledger: what people decided, outside the graph. Waivers, decisions, kept runs.

Beside the store in the layers; the only importer of `sqlalchemy`.
"""

from graph.ledger.book import Decision, KeptRun, Ledger, Waiver

__all__ = ["Decision", "KeptRun", "Ledger", "Waiver"]
