"""When two names are the same name: width, characters, numerals, and words that go without saying."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from math import ceil
from typing import Literal

from graph.characters import tidy
from graph.likest import likeness, likest
from graph.sounds import sound_alike
from graph.spelling import fold

NEAR = 75
"""Of 100, how alike two names are that may be one: one character of four differs, or is missing."""
MOST_NEAR = 3
SHORT = 3
"""Characters of a name of which one is too many to differ, unless both are read alike: 紫微苑, 紫薇苑."""

_NUMERALS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")}
_COUNTED = re.compile(r"第?([一二三四五六七八九十]+)(?=期|区|组|号|栋|幢|网格|党?支部|小组|单元|苑$|村$)")
_PART = re.compile(r"(第?\d+期|[东西南北中]区|[a-z\d]区|\d+组团)$")
_TELLING = re.compile(r"\d+|[a-z]|[东西南北中上下甲乙丙丁]")
_ENDS = {
    "Quarter": re.compile(r"(住宅小区|小区)+$"),
    "Area": re.compile(r"(居民委员会|居委会?|社区|办事处)$"),
    "PropertyFirm": re.compile(r"(股份有限公司|有限责任公司|有限公司|公司)$"),
    "Unit": re.compile(r"(股份有限公司|有限责任公司|有限公司)$"),
}
_OWN_BODY = (
    (re.compile(r"(?<=社区)(居民委员会|居委会?)$"), ""),
    (re.compile(r"村?(村民委员会|村委会?)$"), "村"),
)
_OF_A_FIRM = re.compile(
    r"(?<=.)[（(][^（()）]*(资质|前期|代管|托管|临时|过渡|国企|国有|民企|民营)[^（()）]*[)）]"
)
"""What is said of a firm beside its name: 安居物业有限公司（二级资质）."""
_FIRM_WORDS = re.compile(r"(股份)?有限(责任)?公司|(?<!分)公司|集团|物业|管理|服务")
_PARTY = (
    (re.compile(r"^(中国共产党|中共)"), ""),
    (re.compile(r"(党工委|工作委员会)$"), "党工委"),
    (re.compile(r"党?总支部?(委员会)?$"), "党总支"),
    (re.compile(r"党?支部(委员会)?$"), "党支部"),
    (re.compile(r"(党委|党委员会|委员会)$"), "党委"),
    (re.compile(r"小区(?=党)"), ""),
)
"""中共某某社区委员会 is 某某社区党委."""


def clean(text: str) -> str:
    """A name as it is stored: `tidy`, and one blank for several."""
    return " ".join(tidy(text).split())


@cache
def same_name(label: str, name: str) -> str:
    """Two names of a type are the same name where this is the same."""
    text = fold(_OF_A_FIRM.sub("", name) if label == "PropertyFirm" else name)
    if label == "Person":
        return text
    text = _COUNTED.sub(lambda found: str(_number(found[1])), text)
    text = re.sub(r"第(?=\d)", "", text)
    if label == "PartyOrganization":
        for words, short in _PARTY:
            text = words.sub(short, text)
        return text
    if label == "Area":
        text = place_of_body(text)
    ends = _ENDS.get(label)
    # A branch of a firm is not the firm: 分公司 stays.
    bare = text if ends is None or text.endswith("分公司") else ends.sub("", text)
    return bare or text


def place_of_body(name: str) -> str:
    """清泉社区 of 清泉社区居委会, 浦口村 of 浦口村委会: the place by whose body a community is called."""
    for words, short in _OWN_BODY:
        name = words.sub(short, name)
    return name


class Names:
    """Names (as `same_name` has them) in which those that may mean the same are looked for.

    Of two names as like as `NEAR` asks, each has so many characters of the other that it has two of
    the rarest of them: only names with such are compared. Short ones are found by what is left of them
    without a character.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._often = Counter(c for name in self._names for c in set(name))
        self._having: dict[tuple[str, int, str], list[int]] = defaultdict(list)
        self._without: dict[tuple[str, tuple[int, str]], list[int]] = defaultdict(list)
        for i, name in enumerate(self._names):
            marks = _marks(name)
            for c in set(name):
                self._having[marks, len(name), c].append(i)
            for gap in _gaps(name):
                self._without[marks, gap].append(i)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def nearest(self, name: str) -> list[tuple[str, float]]:
        """The names that may mean the same, the likest first, of 100.

        Names that differ in a number or a direction are different things: 一期 and 二期, 东区 and 西区.
        """
        marks, rarest = _marks(name), sorted(name, key=lambda c: self._often[c])
        near: list[int] = []
        # Likeness is the share of characters that both have in the same order.
        for length in range(ceil(len(name) * NEAR / (200 - NEAR)), len(name) * (200 - NEAR) // NEAR + 1):
            left = len(name) - ceil((len(name) + length) * NEAR / 200)
            some = rarest[: left + 2]
            least = 2 if left + 2 == len(set(some)) else 1
            having = [self._having.get((marks, length, c), ()) for c in set(some[: left + least])]
            if least == 1:
                near += set().union(*having)
            else:
                near += [i for i, count in Counter(chain.from_iterable(having)).items() if count > 1]
        names = [self._names[i] for i in near]
        alike = likest(name, names, NEAR)
        alike.sort(key=lambda found: (-found[1], near[found[0]]))
        found = [(names[i], score) for i, score in alike]
        found += [(n, likeness(name, n)) for n in self._sounding(name, marks)]
        return found[:MOST_NEAR]

    def _sounding(self, name: str, marks: str) -> list[str]:
        """The short names that are read like this one and differ in one character."""
        near = sorted({i for gap in _gaps(name) for i in self._without.get((marks, gap), ())})
        return [other for other in (self._names[i] for i in near) if is_slip(name, other) == "sound"]


def is_slip(one: str, other: str) -> Literal["sound", "other", ""]:
    """Whether two names of one length differ in one character, and whether that is read alike."""
    if len(one) != len(other):
        return ""
    differ = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(differ) != 1:
        return ""
    return "sound" if sound_alike(*differ[0]) else "other"


def is_slip_of_a_person(one: str, other: str) -> bool:
    """Whether two names of persons (folded) may be one: 张晓明 and 张小明, 李明 and 李鸣, not 李明 and 李华.

    A family name, or one of two characters, has to be read alike; numbers and letters tell persons apart.
    """
    slip = is_slip(one, other)
    given = len(one) >= SHORT and one[:1] == other[:1]
    return slip == "sound" or (slip == "other" and given and _marks(one) == _marks(other))


def _gaps(name: str) -> Iterator[tuple[int, str]]:
    """A short name without each of its characters in turn, with the place of it."""
    if 1 < len(name) <= SHORT:
        yield from ((i, name[:i] + name[i + 1 :]) for i in range(len(name)))


def whole_name(name: str) -> str:
    """A name (as `same_name` has it) without the part of a thing that it ends in: 海夏湾1期 is of 海夏湾."""
    return _PART.sub("", name) or name


def firm_core(name: str) -> str:
    """What of a firm's name is its own: 安居 of 安居物业 and of 安居物业服务有限公司; 分公司 stays."""
    own = _FIRM_WORDS.sub("", name)
    return own if len(own) > 1 else name


def _marks(name: str) -> str:
    return " ".join(_TELLING.findall(name))


def _number(words: str) -> int:
    tens, ten, ones = words.partition("十")
    if not ten:
        return int("".join(_NUMERALS[c] for c in words))
    return 10 * int(_NUMERALS.get(tens, "1")) + int(_NUMERALS.get(ones, "0"))
