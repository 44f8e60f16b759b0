"""Where somebody works and as what, in one cell: 某派出所所长 is 某派出所 and 所长."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from graph.loading.cells import BadCell
from graph.loading.register.kinds import VOCABULARY
from graph.loading.register.likeness import clean, same_name
from graph.loading.register.reading import Reading, Row
from graph.loading.register.values import is_absent, plain

UNIT, TOGETHER, POSITION = "unit.name", "unit.and_post", "employment.position"
"""The columns for the unit, for unit and post together, and for the post."""
_WORDS: dict[str, Any] = tomllib.loads((VOCABULARY / "unit_posts.toml").read_text("utf-8"))


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


_ONE_POST = f"{_any(_WORDS['before'])}*{_any(_WORDS['posts'])}"
_POST = re.compile(rf"{_ONE_POST}(?:兼任?{_ONE_POST})*")
_UNIT = re.compile(rf".+{_any(_WORDS['units'])}(?:[（(][^（()）]*[)）])?")
_DEPARTMENT = re.compile(rf".{{0,6}}?{_any(_WORDS['departments'])}")
_FORMER = re.compile(rf"{_any(_WORDS['former'])}|(?:^|[（(])原(?!野|平|阳|生)")
_IN_BRACKETS = re.compile(r"(.+?)[（(]([^（()）]+)[)）]")


def with_employment(reading: Reading, row: Row) -> None:
    """Put unit and post of a row into the columns of both.

    What is not certain is said at its cell; a column for the unit alone stays as it is then.
    """

    def is_known(name: str) -> bool:
        key = "Unit", reading.ids.known.district, same_name("Unit", name)
        return bool(reading.ids.known.named.get(key))

    for field in (TOGETHER, UNIT):
        for said in row.pop(field, ()):
            text = clean(str(said.text))
            if is_absent(text) or plain(text) in _WORDS["none"]:
                continue
            if field == TOGETHER and UNIT in row and _POST.fullmatch(plain(text)):
                # The unit has a column of its own: 工作单位, 单位职务.
                row.setdefault(POSITION, [said])
                continue
            try:
                unit, post = unit_and_post(text, is_known)
            except BadCell as bad:
                if field == TOGETHER:
                    reading.bad(bad, said)
                    continue
                unit, post = text, None
            row.setdefault(UNIT, []).append(replace(said, text=unit) if unit != text else said)
            if post is not None:
                row.setdefault(POSITION, [replace(said, text=post)])


def unit_and_post(text: str, is_known: Callable[[str], bool]) -> tuple[str, str | None]:
    """The unit that a text names, and the post in it; raises `BadCell` where either is not certain.

    `is_known` says whether the graph has a unit of a name.
    """
    if _FORMER.search(text):
        zh = "写了退休或原任；看不出现在的单位，没有的留空"
        raise BadCell(zh, "says where somebody was: which unit is it now?", text)
    aside = _IN_BRACKETS.fullmatch(text)
    if aside is not None and _POST.fullmatch(plain(aside[2])):
        text = f"{aside[1]} {aside[2]}"
    first, *rest = [part for part in re.split(r"[\s,，、;；/]+", text) if part] or [text]
    joined = first + "".join(rest)
    if all(_POST.fullmatch(part) for part in rest) and (found := _apart(first, is_known)) is not None:
        unit, post = found
        return unit, "、".join([*filter(None, [post]), *rest]) or None
    if rest and re.search(r"\s", text) and all(map(_POST.fullmatch, rest)) and not _ends_in_post(first):
        return first, "、".join(rest)
    # A name may have a blank in it, and no list.
    blank = re.fullmatch(r"[^,，、;；/]+", text) is not None
    if rest and blank and (found := _apart(joined, is_known)) is not None:
        return found
    if _POST.fullmatch(joined):
        raise BadCell("只写了职务，没有写单位", "a post without a unit", text)
    raise BadCell(
        "分不清哪里是单位、哪里是职务；请分成两列，或在中间空一格（某某单位 所长）",
        "which part is the unit, and which the post? Write them in two columns, or a blank between",
        text,
    )


def _ends_in_post(text: str) -> bool:
    return any(_POST.fullmatch(text[start:]) for start in range(len(text)))


def _apart(text: str, is_known: Callable[[str], bool]) -> tuple[str, str | None] | None:
    """Unit and post of words without blanks; None where it is not certain."""

    def is_unit(name: str) -> bool:
        return _UNIT.fullmatch(name) is not None or is_known(name)

    for start in range(1, len(text) - 1):
        before, post = text[:start], text[start:]
        if _POST.fullmatch(post) is None:
            continue
        if is_unit(before):
            return before, post
        # 某派出所长 has the 所 once.
        if is_unit(before + post[0]):
            return before + post[0], post
        for end in range(start - 1, 1, -1):
            if is_unit(before[:end]) and _DEPARTMENT.fullmatch(before[end:]):
                return before[:end], before[end:] + post
    return (text, None) if is_unit(text) else None
