"""Looking for words on a shelf: which lines, and by what each was found.

The ways are tried from the surest to the loosest, and a line counts by the first that finds it. Of
several words every one has to be found, and a line counts by the loosest of their ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from graph.reading.search.pinyin import Classes, initial_pattern, syllable_pattern
from graph.reading.search.shelves import NameShelf
from graph.reading.search.words import SUFFIXES, kinds, other_words, say_kind, without_suffixes
from graph.spelling import fold

DIGITS = 12
"""Digits of an area's code; fewer are those of the area that ends in zeros."""
LEAST_STEM = 2
"""Characters that have to be left of a word without its suffix."""


class By(IntEnum):
    """By what a line was found, the surest first."""

    number = 0
    own_name = 1
    other_name = 2
    same_word = 3
    kind = 4
    without_suffix = 5
    said = 6
    pinyin = 7
    initials = 8


BY_ZH = {
    By.number: "编号",
    By.own_name: "名称",
    By.other_name: "英文名称",
    By.same_word: "同义词",
    By.kind: "类别",
    By.without_suffix: "略去小区、社区、街道",
    By.said: "说明",
    By.pinyin: "拼音",
    By.initials: "拼音首字母",
}


@dataclass(frozen=True)
class Hit:
    """A line of a shelf; `matched` is what else than the name was met."""

    shelf: NameShelf
    number: int
    by: By
    matched: str | None = None


@dataclass(frozen=True)
class Word:
    """One word as it was typed and folded, with the letters' classes where pinyin is asked for."""

    typed: str
    folded: str
    classes: tuple[Classes, Classes] | None = None
    others: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "others", other_words(self.folded)[1:])

    @cached_property
    def loose(self) -> re.Pattern[str] | None:
        """The word without suffixes, with one allowed between any two characters."""
        stem = without_suffixes(self.folded)
        if len(stem) < LEAST_STEM or stem.isascii():
            return None
        return re.compile(f"(?:{'|'.join(SUFFIXES)})?".join(map(re.escape, stem)))

    @cached_property
    def letters(self) -> dict[By, re.Pattern[str]]:
        """Patterns of its letters, if pinyin is asked for and it has any."""
        if self.classes is None:
            return {}
        syllables, initials = self.classes
        made = {
            By.pinyin: syllable_pattern(self.folded, syllables),
            By.initials: initial_pattern(self.folded, initials),
        }
        return {by: pattern for by, pattern in made.items() if pattern is not None}

    def lines(self, shelf: NameShelf) -> Iterator[Hit]:
        """Every line of a shelf that the word is found on, each once, by the surest way first."""
        seen: set[int] = set()
        for by, way in _WAYS.items():
            for number, matched in way(self, shelf):
                if number not in seen:
                    seen.add(number)
                    yield Hit(shelf, number, by, matched)


def find_lines(words: Sequence[Word], shelf: NameShelf) -> Iterator[Hit]:
    """Lines of a shelf on which every word is found, by the loosest of their ways, surest first."""
    if len(words) == 1:
        yield from words[0].lines(shelf)
        return
    found = [{hit.number: hit for hit in word.lines(shelf)} for word in words]
    common = set.intersection(*(set(f) for f in found))
    hits = [max((f[number] for f in found), key=lambda hit: hit.by) for number in common]
    yield from sorted(hits, key=lambda hit: (hit.by, hit.number))


Found = Iterator[tuple[int, str | None]]
"""Numbers of lines, and what was met there."""


def _by_number(word: Word, shelf: NameShelf) -> Found:
    if not any(c.isdigit() for c in word.folded):
        return
    id_ = word.typed.casefold()
    if shelf.label == "Area":
        code = word.folded.ljust(DIGITS, "0") if word.folded.isdigit() else None
        wanted = {id_, word.folded, code}
        for number in sorted({n for c, n in shelf.numbers.items() if c in wanted}):
            yield number, shelf.ids[number]
    elif not id_.startswith(f"{shelf.prefix}-"):
        return
    if id_ in shelf.ids:
        yield shelf.ids.index(id_), id_


def _by_own_name(word: Word, shelf: NameShelf) -> Found:
    return _plain(shelf.folded.holding(word.folded))


def _by_other_name(word: Word, shelf: NameShelf) -> Found:
    return _plain(shelf.english.holding(word.folded))


def _by_same_word(word: Word, shelf: NameShelf) -> Found:
    numbers = {n: other for other in reversed(word.others) for n in shelf.folded.holding(other)}
    for number in sorted(numbers):
        yield number, numbers[number]


def _by_kind(word: Word, shelf: NameShelf) -> Found:
    for known in (word.folded, *word.others):
        for of in kinds().get(known, ()):
            label, name, value = of
            if label == shelf.label:
                for number in shelf.kinds.get((name, value), ()):
                    yield number, say_kind(of)


def _without_suffix(word: Word, shelf: NameShelf) -> Found:
    return _plain(shelf.folded.matching(word.loose)) if word.loose else iter(())


def _by_said(word: Word, shelf: NameShelf) -> Found:
    numbers, lines = shelf.said_lines
    for at in lines.holding(word.folded):
        said = shelf.said[numbers[at]]
        yield numbers[at], next((part for part in said if word.folded in fold(part)), said[0])


def _by_letters(by: By) -> Callable[[Word, NameShelf], Found]:
    def way(word: Word, shelf: NameShelf) -> Found:
        pattern = word.letters.get(by)
        return _plain(shelf.folded.matching(pattern)) if pattern else iter(())

    return way


def _plain(numbers: Iterator[int]) -> Found:
    return ((number, None) for number in numbers)


_WAYS: dict[By, Callable[[Word, NameShelf], Found]] = {
    By.number: _by_number,
    By.own_name: _by_own_name,
    By.other_name: _by_other_name,
    By.same_word: _by_same_word,
    By.kind: _by_kind,
    By.without_suffix: _without_suffix,
    By.said: _by_said,
    By.pinyin: _by_letters(By.pinyin),
    By.initials: _by_letters(By.initials),
}
