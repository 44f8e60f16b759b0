"""What a change between two days is: something happened, or only became known.

States and verdicts both say `unknown` where records are missing. A count of what is new that does
not distinguish the two takes better records for a worse place.
"""

from __future__ import annotations

from typing import Literal

Cause = Literal["occurred", "established", "appeared", "resolved", "obscured", "departed"]
"""In the words of `graph.model.words.CAUSES`."""


def cause_of(before: str | None, after: str | None, *, bad: str = "") -> Cause:
    """Why a state or verdict is another one; None where a side has no such subject.

    `bad` is the state whose end is called `resolved`.
    """
    if before is None:
        return "appeared"
    if after is None:
        return "departed"
    if after == "unknown":
        return "obscured"
    if before == "unknown":
        return "established"
    return "resolved" if before == bad else "occurred"
