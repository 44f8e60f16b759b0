"""What a change between two days is: something happened, or only became known.

States and verdicts both say `unknown` where records are missing. A count of what is new that does
not tell the two apart takes better records for a worse place.
"""

from __future__ import annotations

from typing import Literal

Cause = Literal["occurred", "established", "appeared", "resolved", "obscured", "departed"]
CAUSES: dict[Cause, tuple[str, str]] = {
    "occurred": ("新发生", "known before and after: it happened in between"),
    "established": ("新查明", "not known before: the records say it now"),
    "appeared": ("新对象", "there was no such subject before"),
    "resolved": ("已整改", "failed before, and is known not to fail now"),
    "obscured": ("转为未知", "known before: the records no longer say it"),
    "departed": ("对象不再存在", "there is no such subject any more"),
}
"""In the order in which they are listed, with the words of a clerk."""


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
