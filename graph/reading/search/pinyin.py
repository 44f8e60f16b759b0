"""Patterns for letters: whole syllables (shilongxi) or the first letter of each (slx).

Nothing is computed for any name. A pattern has a class of characters for each syllable: those among
the characters of the names that can be read so. A character with several readings is in several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from graph.sounds import readings_of

LONGEST = 60
"""Letters of one word; no name has more."""
LONGEST_SYLLABLE = len("zhuang")
MOST_WAYS = 64
"""Ways of cutting a word into syllables that are tried: xian is xian or xi an."""
Classes = Mapping[str, str]
"""Syllable or first letter to the characters that are read so."""


def syllable_pattern(word: str, readings: Classes) -> re.Pattern[str] | None:
    """What matches names that have these syllables; None if the letters are none."""
    word = word.replace("ü", "v")
    ways = islice(_cut(word, readings), MOST_WAYS) if _has_letters(word) else ()
    found = ["".join(f"[{readings[p]}]" if p in readings else p for p in way) for way in ways]
    return re.compile("|".join(found)) if found else None


def initial_pattern(word: str, initials: Classes) -> re.Pattern[str] | None:
    """What matches names with syllables that begin so, one for each letter; None below two letters."""
    if len(word) == 1 or not _has_letters(word):
        return None
    return re.compile("".join(f"[{c}{initials[c]}]" if c in initials else c for c in word))


def read_classes(characters: Iterable[str]) -> tuple[Classes, Classes]:
    """Of these characters: by syllable, and by first letter. What is no Chinese character has none."""
    syllables: dict[str, list[str]] = defaultdict(list)
    initials: dict[str, dict[str, None]] = defaultdict(dict)
    for character in sorted(set(characters)):
        for reading in readings_of(character):
            syllables[reading].append(character)
            initials[reading[0]][character] = None
    return {k: "".join(v) for k, v in syllables.items()}, {k: "".join(v) for k, v in initials.items()}


def _has_letters(word: str) -> bool:
    return len(word) <= LONGEST and any(map(_is_letter, word))


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _cut(word: str, readings: Classes) -> Iterator[tuple[str, ...]]:
    """All ways of cutting letters into syllables, long ones first; dead ends are looked at once.

    What is no letter, as in 515gongzuofa, is a part by itself.
    """
    dead: set[int] = set()

    def cut(start: int) -> Iterator[tuple[str, ...]]:
        if start == len(word):
            yield ()
            return
        came = False
        longest = start + (LONGEST_SYLLABLE if _is_letter(word[start]) else 1)
        for end in range(min(longest, len(word)), start, -1):
            part = word[start:end]
            if end not in dead and (part in readings or not _is_letter(part[0])):
                for rest in cut(end):
                    came = True
                    yield (part, *rest)
        if not came:
            dead.add(start)

    return cut(0)
