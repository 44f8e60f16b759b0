"""Who asks, and what they may: roles, callers, keys and tokens.

Above the ledger, which keeps the accounts; below the API, which asks for a key or a token.
"""

from graph.access.roles import LOCAL, RIGHTS, Caller, NotAllowed, Right, Role

__all__ = ["LOCAL", "RIGHTS", "Caller", "NotAllowed", "Right", "Role"]
