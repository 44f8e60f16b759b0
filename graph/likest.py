"""How alike two texts are, of 100, and which of many are the likest to one."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process


def likeness(one: str, other: str) -> float:
    """The share of the characters of both that both have in the same order."""
    return fuzz.ratio(one, other)


def likest(word: str, texts: Sequence[str], least: float, most: int | None = None) -> list[tuple[int, float]]:
    """Positions and likeness of the texts that are at least so like, the likest first."""
    found = process.extract(word, texts, scorer=fuzz.ratio, score_cutoff=least, limit=most)
    return [(position, score) for _, score, position in found]
