"""Other words for the same: short forms, and words that say what kind of thing something is.

The lists are in `words.toml`; the vocabularies of the model bring their own display names.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from graph.model import NODES
from graph.spelling import fold

SUFFIXES = ("小区", "社区", "街道")
"""What people leave out of a name, or put behind one that has none."""
MOST_WORDS = 24
"""Other words looked for in place of one; two groups in one word multiply."""
_PARTS = re.compile("[（）、]")
_SAYS_NOTHING = ("other", "none")
Value = str | bool
KindOf = tuple[str, str, Value]
"""Label, property, value."""


class WordsOfKind(BaseModel):
    """Words for the nodes of a label that have a value."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    words: Sequence[str]
    label: str
    property: str
    value: Value


class WordList(BaseModel):
    """What `words.toml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    same: Sequence[Sequence[str]]
    kinds: Sequence[WordsOfKind]


@cache
def word_list() -> WordList:
    """The lists as they are written."""
    text = (Path(__file__).parent / "words.toml").read_text("utf-8")
    return WordList.model_validate(tomllib.loads(text))


@cache
def _same() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, group)) for group in word_list().same)


def other_words(word: str) -> list[str]:
    """A folded word, and the words that mean the same, in which a part is replaced; at most 24."""
    found = [word]
    for group in _same():
        for known in list(found):
            part = next((p for p in group if p in known), None)
            if part is not None:
                found += [known.replace(part, other) for other in group if other != part]
    return list(dict.fromkeys(found))[:MOST_WORDS]


def without_suffixes(word: str) -> str:
    """A folded word without 小区, 社区, 街道."""
    return re.sub("|".join(SUFFIXES), "", word)


@cache
def kinds() -> dict[str, list[KindOf]]:
    """What a folded word says of the kind of things: `安置小区` → Quarter, kind, resettlement."""
    found: dict[str, list[KindOf]] = defaultdict(list)
    for label, node in NODES.items():
        for name, property_ in node.properties().items():
            if property_.vocabulary is None or property_.prop.flag is not None:
                continue
            for term in property_.vocabulary:
                words = (term.zh, *_PARTS.split(term.zh)) if term.value not in _SAYS_NOTHING else ()
                for word in dict.fromkeys(filter(None, map(fold, words))):
                    found[word].append((label, name, term.value))
    for kind in word_list().kinds:
        for word in kind.words:
            found[fold(word)].append((kind.label, kind.property, kind.value))
    return dict(found)


@cache
def properties_of_kind(label: str) -> tuple[str, ...]:
    """The properties of a label that words are read from."""
    return tuple(sorted({name for of in kinds().values() for lb, name, _ in of if lb == label}))


def say_kind(of: KindOf) -> str:
    """A kind in Chinese: `类型：安置小区`."""
    label, name, value = of
    property_ = NODES[label].properties()[name]
    if property_.vocabulary is None:
        return f"{property_.prop.zh}：{'是' if value else '否'}"
    zh = next(term.zh for term in property_.vocabulary if term.value == value)
    return f"{property_.prop.zh}：{zh}"
