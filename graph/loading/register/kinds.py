"""What registers hold, one TOML file per kind: things, edges, and the headings that columns have.

`things` are the nodes of a row, in order: `of` makes one the only one of another (the committee of a
quarter), `within` says where its name tells it apart, `set` are properties that all have, `register`
the list that a 否 in its `exists` column closes, `at` the thing whose list that is. `columns` maps what
a column is to the headings that it has in the wild: `thing.property`, `thing.exists`, or
`thing.post.role` for names of persons.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import BadParameter
from graph.model import NODES, POSTS
from graph.model.base import Property

VOCABULARY = Path(__file__).parent / "vocabulary"
HEADINGS = VOCABULARY / "headings.toml"


@dataclass(frozen=True)
class Thing:
    """One node of a row."""

    role: str
    label: str
    of: str | None = None
    at: str | None = None
    within: str | None = None
    name: str | None = None
    set: dict[str, Any] = field(default_factory=dict)
    register: str | None = None

    @property
    def properties(self) -> dict[str, Property]:
        """The properties of its type."""
        return NODES[self.label].properties()


@dataclass(frozen=True)
class Kind:
    """A kind of register, as its file has it."""

    title: str
    main: str
    things: dict[str, Thing]
    edges: tuple[dict[str, str], ...]
    columns: dict[str, tuple[str, ...]]

    def column(self, word: str) -> str:
        """What a column is, from the field itself or one of its Chinese names; raises `BadParameter`."""
        for name, headings in self.columns.items():
            if word == name or word in headings:
                return name
        known = "、".join(headings[0] for headings in self.columns.values())
        raise BadParameter(
            f"{self.title}没有“{word}”这一项；可用：{known}、不读。",
            f"{self.title} has no field {word!r}; known: {', '.join(self.columns)}, skip.",
            subject="column",
        )

    def shown(self, name: str) -> str:
        """The Chinese name of what a column is."""
        return self.columns[name][0] if name in self.columns else name


def several(name: str) -> bool:
    """Whether more than one column may be this: names of persons in a post."""
    return ".post." in name


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its title."""
    found = [_read(path) for path in sorted(VOCABULARY.glob("*.toml")) if path != HEADINGS]
    return {kind.title: kind for kind in found}


def find_kind(title: str) -> Kind:
    """A kind by its title; raises `BadParameter`."""
    try:
        return kinds()[title]
    except KeyError:
        known = "、".join(kinds())
        raise BadParameter(
            f"没有“{title}”这一类台账；可用：{known}。",
            f"there is no kind of register {title!r}; known: {', '.join(kinds())}.",
            subject="kind",
        ) from None


def _read(path: Path) -> Kind:
    raw = tomllib.loads(path.read_text("utf-8"))
    things = {role: Thing(role, **values) for role, values in raw["things"].items()}
    kind = Kind(
        raw["title"],
        raw["main"],
        things,
        tuple(raw.get("edges", ())),
        {name: tuple(headings) for name, headings in raw["columns"].items()},
    )
    for name in kind.columns:
        _check(path.name, kind, name)
    return kind


def _check(file: str, kind: Kind, name: str) -> None:
    """A column says something that the model has."""
    role, _, rest = name.partition(".")
    thing = kind.things[role]
    post = rest.removeprefix("post.")
    known = rest in thing.properties or rest in ("exists", "number")
    if not known and not (rest != post and post in POSTS.get(thing.label, ())):
        raise ValueError(f"{file}: {name} is nothing of the model")
