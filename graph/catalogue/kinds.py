"""What the header of each kind of file says, typed: rules, dimensions, candidates, closers.

`headers` has checked that every tag is there; what it holds is read here, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.catalogue.headers import Header, Measure

Severity = Literal["info", "warning", "violation"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "violation")
"""From the least serious to the most."""


@dataclass(frozen=True)
class RuleHeader:
    """A rule: R14, what it may be at most and at least, which columns identify its rows."""

    code: str
    severities: tuple[Severity, ...]
    identity: tuple[str, ...]
    version: str
    verified: str


@dataclass(frozen=True)
class DimensionHeader:
    """A dimension of coverage: its place in the list, what is counted, what has to be complete.

    `closes` are the registers that make a gap of what is not known, `denominator` those that make
    the total known; `rules` are the codes that a gap of it concerns.
    """

    number: int
    subject: str
    denominator: tuple[str, ...]
    closes: tuple[str, ...]
    rules: tuple[str, ...]
    measures: tuple[Measure, ...]
    claims: dict[str, str]
    like: str | None
    """The rule that measures the same: its parameters in a place are those of the dimension."""
    shared: dict[str, str]
    """The dimension's own parameters that are the rule's, each with its name there."""


@dataclass(frozen=True)
class CandidateHeader:
    """Candidates: the codes of the rules whose gaps these persons could fill."""

    fills: tuple[str, ...]


@dataclass(frozen=True)
class CloserHeader:
    """A way to close a gap: of which dimensions, by what kind of step."""

    closes: tuple[str, ...]
    kind: str


def rule_header(header: Header) -> RuleHeader:
    """The header of a file in `rules/`."""
    tags = header.tags
    return RuleHeader(
        tags["rule"],
        severity_range(tags["severity"]),
        _words(tags["identity"]),
        tags["version"],
        tags["verified"],
    )


def dimension_header(header: Header) -> DimensionHeader:
    """The header of a file in `coverage/`."""
    tags = header.tags
    like, *names = _words(tags.get("settings", "")) or ("",)
    pairs = (name.partition("=") for name in names)
    return DimensionHeader(
        int(tags["dimension"]),
        tags["subject"],
        _words(tags["denominator"]),
        _words(tags["closes"]),
        _words(tags.get("rules", "")),
        header.measures,
        header.claims,
        like or None,
        {own: theirs or own for own, _, theirs in pairs},
    )


def candidate_header(header: Header) -> CandidateHeader:
    """The header of a file in `candidates/`."""
    return CandidateHeader(_words(header.tags["fills"]))


def closer_header(header: Header) -> CloserHeader:
    """The header of a file in `closers/`."""
    return CloserHeader(_words(header.tags["closes"]), header.tags["kind"])


def severity_range(text: str) -> tuple[Severity, ...]:
    """`info..warning` as the severities from the lowest to the highest; all for anything else."""
    low, _, high = text.partition("..")
    names = [str(s) for s in SEVERITIES]
    if low not in names or (high or low) not in names:
        return SEVERITIES
    return SEVERITIES[names.index(low) : names.index(high or low) + 1]


def _words(text: str) -> tuple[str, ...]:
    """A list in a header: words parted by commas or blanks."""
    return tuple(text.replace(",", " ").split())
