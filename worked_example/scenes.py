"""The words in which a case is written down: actors, a scene in one quarter, expected verdicts.

In `worked_example`, above nothing; `cases` is the table, `staging` puts it on the map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from worked_example.delivery import Value

Post = str | dict[str, Value]
"""A role, or a role with further properties of the post."""


@dataclass(frozen=True)
class Job:
    """A tie to a firm (`firm2`) or unit (`unit1`)."""

    at: str
    kind: str = "employee"
    until: date | None = None


@dataclass(frozen=True)
class Actor:
    """One person of a scene.

    `posts` maps a body of the scene to the post there: branch, owners, project, supervision, and
    of its community committee (the Party organization) and residents (the residents' committee).
    """

    key: str
    party: str | None = "none"
    owner: bool = True
    posts: Mapping[str, Post] = field(default_factory=dict)
    job: Job | None = None
    public_post: str | None = None
    complete: tuple[str, ...] = ()
    """What the register lists completely about this person."""


@dataclass(frozen=True)
class Expected:
    """What a rule answers on 2025-06-30 under the profile worked_example.

    `about` names the row: `quarter`, `owners` (the committee), an actor's key (the person), or
    `key.body` (that actor's post).
    """

    rule: str
    verdict: str
    about: tuple[str, ...]


def expect(rule: str, verdict: str, *about: str) -> Expected:
    """One expected row; without `about` it is the quarter's."""
    return Expected(rule, verdict, about or ("quarter",))


@dataclass(frozen=True)
class Scene:
    """One quarter of the cases, with everything its rules read."""

    quarter: int
    zh: str
    en: str
    actors: tuple[Actor, ...] = ()
    expected: tuple[Expected, ...] = ()
    fill: tuple[str | None, ...] = ()
    """Further members of the owners' committee, by party status; all own a home."""
    branch: str | None = "branch"
    shared_with: int | None = None
    """The second quarter of a joint branch."""
    branch_term: Mapping[str, Value] = field(default_factory=dict)
    branch_members: int = 0
    """Further full members of the branch, without posts."""
    owners: str | None = "owners_committee"
    owners_since: date = date(2023, 3, 10)
    seats: int = 5
    operator: str | None = "firm3"
    """A firm, `rc` for the residents' committee, None where no project is recorded."""
    at_joint_meeting: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    """What the register lists completely for this quarter alone."""


@dataclass(frozen=True)
class Verdict:
    """An expected row with its ids: one row of the rule's answer names all of them."""

    rule: str
    verdict: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A scene after it was placed."""

    quarter: str
    zh: str
    en: str
    people: Mapping[str, str]
    verdicts: tuple[Verdict, ...]
