"""Who asks, and what they may: roles, callers, keys and tokens.

Above errors only: the ledger keeps the accounts, the API asks for a key or a token.
"""

from graph.access.roles import LOCAL, RIGHTS, Caller, NotAllowed, Right, Role

__all__ = ["LOCAL", "RIGHTS", "Caller", "NotAllowed", "Right", "Role"]
