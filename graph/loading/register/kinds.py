"""What registers hold, one TOML file per kind: things, edges, and the headings that columns have.

`things` are the nodes of a row, in order: `of` makes one the only one of another (the committee of a
quarter), `within` says where its name tells it apart, `set` are properties that all have, `register`
the list that a 否 in its `exists` column closes, `at` the thing whose list that is. `columns` maps what
a column is to the headings that it has in the wild: `thing.property`, `thing.exists`, `thing.and_post`
for a unit with the post in it, `thing.term` for the first and the last day of a term, or
`thing.post.role` for names of persons. A thing is there, too, where the one `beside` it is, and only
then has what is `set`; one that is `always` there needs no column. One that may be named before its own
row comes `later`, a person is known in its `bodies`, and of an organization whose words the name has is
a `guess`. 无 for its name says that the `absent` one is not. An edge is `called` as its columns are:
`operation.since`; `post.since` is of all posts of a person's row, else of the `dated` posts, and
`terms` says which two days a term is, where it is not that of a thing. `complete` says from which
things a list that is complete is, `parted` of which thing a cell may name several, `turns` what is
there one after the other. Headings of areas, the same in every kind, are in `headings.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from graph.errors import BadParameter
from graph.model import EDGES, NODES, POSTS
from graph.model.base import Property
from graph.spelling import fold, near

VOCABULARY = Path(__file__).parent / "vocabulary"
HEADINGS = VOCABULARY / "headings.toml"
POST_WORDS = VOCABULARY / "posts.toml"
GUESSES = VOCABULARY / "guesses.toml"
OPTION_WORDS = VOCABULARY / "options.toml"
PERSON_WORDS = VOCABULARY / "persons.toml"


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
    beside: str | None = None
    absent: str | None = None
    always: bool = False
    later: bool = False
    guess: bool = False
    bodies: tuple[str, ...] = ()

    @property
    def properties(self) -> dict[str, Property]:
        """The properties of its type."""
        return NODES[self.label].properties()


@dataclass(frozen=True)
class Succession:
    """One `of` another in turn, firm after firm of a project: `tie`, and the columns of its days.

    `place` are the things that say where; `words` stand before a name: 原, 现.
    """

    who: str
    of: str
    tie: str
    begin: str
    end: str
    place: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class RegisterKind:
    """A kind of register, as its file has it."""

    title: str
    main: str
    things: dict[str, Thing]
    edges: tuple[dict[str, Any], ...]
    columns: dict[str, tuple[str, ...]]
    complete: dict[str, tuple[str, ...]]
    code: str
    terms: dict[str, tuple[str, str]] = field(default_factory=dict)
    dated: tuple[str, ...] = ()
    either: dict[str, str] = field(default_factory=dict)
    """What a column is where its cells say so, by what its heading says: 党员类别 has 预备党员 in it."""
    after: dict[str, dict[str, str]] = field(default_factory=dict)
    """What a heading means to the right of a column: 单位 behind 数量 is no unit of the co-building."""
    marks: tuple[str, ...] = ()
    """Words of titles: of two kinds that fit a sheet alike, the one whose word is in it."""
    about: tuple[str, ...] = ()
    """What the register is of, things or columns: of two that no title tells, the one that has it."""

    parted: str | None = None
    """The thing of which a cell may name several."""
    turns: Succession | None = None
    sittings: str | None = None
    """The body of which rows may say one term after the other."""

    @cached_property
    def ties(self) -> dict[str, str]:
        """Types of edges by what their columns call them."""
        return {e["called"]: e["type"] for e in self.edges if "called" in e} | {"post": "HOLDS_POST"}

    def label_of(self, name: str) -> str:
        """Of which type a column is: that of its thing, of a tie that of the end where the tie begins."""
        role = name.partition(".")[0]
        start = next((e["from"] for e in self.edges if e.get("called") == role), role)
        return self.things[start].label if start in self.things else "Person"

    def property_of(self, name: str) -> Property | None:
        """The property of a thing or tie that a column says; None for a name, a post, a term."""
        role, _, rest = name.partition(".")
        if role in self.ties and role not in self.things:
            return EDGES[self.ties[role]].properties().get(rest)
        return self.things[role].properties.get(rest) if role in self.things else None

    def said_in(self, field: str, text: str) -> str:
        """What a cell of a column is: of two things that one heading may mean, the one that it names."""
        other = next((b for pair in self.either.items() for a, b in (pair, pair[::-1]) if a == field), None)
        own, its = self.property_of(field), self.property_of(other) if other is not None else None
        if own is None or its is None or other is None:
            return field
        exactly = any(term.zh == text.strip() for term in its.vocabulary or ())
        return other if exactly or (is_option(text, its) and not is_option(text, own)) else field

    def column(self, word: str) -> str:
        """What a column is, from the field itself or one of its Chinese names; raises `BadParameter`."""
        for name, headings in self.columns.items():
            if word == name or word in headings:
                return name
        known = "、".join(headings[0] for headings in self.columns.values())
        every = [heading for headings in self.columns.values() for heading in headings]
        raise BadParameter(
            f"{self.title}没有“{word}”这一项；{near(word, every)}可用：{known}、不读。",
            f"{self.title} has no field {word!r}; known: {', '.join(self.columns)}, skip.",
            subject="column",
        )

    def shown(self, name: str) -> str:
        """The Chinese name of what a column is."""
        return self.columns[name][0] if name in self.columns else name


def is_option(text: str, column: Property) -> bool:
    """Whether a cell says an option of a property, in the model's words or those of registers."""
    terms = [term.zh for term in column.vocabulary or ()]
    return any(word in text for word in (*terms, *option_words(column)))


def several(name: str) -> bool:
    """Whether more than one column may be this: names of persons in a post, words for posts."""
    return ".post." in name or name.endswith(".role")


@cache
def kinds() -> dict[str, RegisterKind]:
    """Every kind by its title."""
    files = {path: tomllib.loads(path.read_text("utf-8")) for path in sorted(VOCABULARY.glob("*.toml"))}
    # The other files are words.
    found = [_read(path, raw) for path, raw in files.items() if "title" in raw]
    return {kind.title: kind for kind in found}


def find_kind(title: str) -> RegisterKind:
    """A kind by its title; raises `BadParameter`."""
    found = next((kind for known, kind in kinds().items() if fold(known) == fold(title)), None)
    if found is None:
        raise BadParameter(
            f"没有“{title}”这一类台账；{near(title, kinds())}可用：{'、'.join(kinds())}。",
            f"there is no kind of register {title!r}; known: {', '.join(kinds())}.",
            subject="kind",
        )
    return found


@cache
def post_words(label: str) -> dict[str, str]:
    """Words for posts, and the post that each means in a body of a type."""
    raw = tomllib.loads(POST_WORDS.read_text("utf-8"))
    return dict(raw.get(label, {}))


def option_words(column: Property) -> dict[str, str]:
    """Words that registers have for the options of a property, beside those of the model."""
    return _options().get(column.vocabulary.__name__, {}) if column.vocabulary is not None else {}


@cache
def _options() -> dict[str, dict[str, str]]:
    return tomllib.loads(OPTION_WORDS.read_text("utf-8"))


def guesses(name: str) -> dict[str, str]:
    """Tier and level of a Party organization, as far as its name says them."""
    found = {}
    for column, words in _guesses().items():
        value = next((value for word, value in words.items() if word in name), None)
        if value is not None:
            found[column] = value
    return found


@cache
def _guesses() -> dict[str, dict[str, str]]:
    return tomllib.loads(GUESSES.read_text("utf-8"))


def _read(path: Path, raw: dict[str, Any]) -> RegisterKind:
    things = {
        role: Thing(role, **{**values, "bodies": tuple(values.get("bodies", ()))})
        for role, values in raw["things"].items()
    }
    kind = RegisterKind(
        raw["title"],
        raw["main"],
        things,
        tuple(raw.get("edges", ())),
        _columns(raw["columns"], things),
        {subject: tuple(roles) for subject, roles in raw.get("complete", {}).items()},
        path.stem.replace("_", "-"),
        {name: (first, last) for name, (first, last) in raw.get("terms", {}).items()},
        tuple(raw.get("dated", ())),
        dict(raw.get("either", {})),
        dict(raw.get("after", {})),
        tuple(raw.get("marks", ())),
        tuple(raw.get("about", [raw["main"]])),
        raw.get("parted"),
        _turns(raw["turns"]) if "turns" in raw else None,
        raw.get("sittings"),
    )
    for name in kind.columns:
        _check(path.name, kind, name)
    return kind


def _turns(raw: dict[str, Any]) -> Succession:
    given: dict[str, Any] = {**raw, "place": tuple(raw["place"]), "words": tuple(raw["words"])}
    return Succession(**given)


def _columns(own: dict[str, list[str]], things: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The headings of each column: those that areas have in every register, and the kind's own."""
    areas = tomllib.loads(HEADINGS.read_text("utf-8"))["areas"]
    found = {name: tuple(words) for name, words in areas.items() if name.partition(".")[0] in things}
    return found | {name: (*found.get(name, ()), *words) for name, words in own.items()}


def _check(file: str, kind: RegisterKind, name: str) -> None:
    """A column says something that the model has."""
    role, _, rest = name.partition(".")
    if role in kind.ties:
        column = EDGES[kind.ties[role]].properties().get(rest)
        if name not in kind.terms and (column is None or column.kind not in ("date", "text")):
            raise ValueError(f"{file}: {name} is no date and no text of the edge")
        return
    thing = kind.things[role]
    post = rest.removeprefix("post.")
    known = rest in thing.properties or rest in ("exists", "number", "role", "term", "and_post")
    if not known and not (rest != post and post in POSTS.get(thing.label, ())):
        raise ValueError(f"{file}: {name} is nothing of the model")
