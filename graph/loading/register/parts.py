"""A row whose cell names several things is a row for each of them: 会议室、停车场、志愿者20人."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from graph.loading.cells import BadCell
from graph.loading.register.kinds import VOCABULARY, option_words
from graph.loading.register.likeness import clean
from graph.loading.register.reading import Reading, Row, Said
from graph.loading.register.values import is_absent, plain
from graph.model.base import Property

_WORDS: dict[str, Any] = tomllib.loads((VOCABULARY / "resources.toml").read_text("utf-8"))


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


_NUMBERING = re.compile(
    r"[①-⑳]\s*|(?:^|(?<=[\s、，,；;。]))(?:\d{1,2}(?:[、)）]|[.．](?!\d))|[(（]\d{1,2}[)）])\s*"
)
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_PER = f"{_any(_WORDS['measures'])}(?:{_any(_WORDS['per'])})?"
_COUNTED = (
    re.compile(rf"(?P<name>.*[^\d.])[（(]?(?P<number>\d+(?:\.\d+)?)(?P<unit>{_PER})[)）]?"),
    re.compile(rf"(?P<number>\d+)(?P<unit>{_any(_WORDS['measures_before'])})(?!月)(?P<name>.+)"),
)
"""志愿者20人, 会议室（2间）, 20名志愿者."""
_LEAST = 2
"""Characters of a name."""


def parts_of(reading: Reading, row: Row) -> list[Row]:
    """The rows that a row is: one for each thing that a cell of it names; without what is of no category."""
    role = reading.kind.parted
    named = row.get(f"{role}.name", ()) if role else ()
    if role is None or not named or is_absent(str(named[0].text)):
        return [row]
    names = _split(str(named[0].text))
    rows = [{**row, f"{role}.name": [replace(named[0], text=name)]} for name in names]
    for name in (f"{role}.category", f"{role}.capacity", f"{role}.capacity_unit"):
        _share(reading, rows, name, row.get(name, ()))
    whole = [part for part in rows if _complete(reading, part, role)]
    return whole or [{name: cells for name, cells in row.items() if not name.startswith(f"{role}.")}]


def _split(text: str) -> list[str]:
    """The names in a cell; what stands in brackets belongs to the name before it."""
    numbered = _NUMBERING.sub("\n", text)
    kept: list[str] = []

    def put_by(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\x00{len(kept) - 1}\x00"

    bare = _BRACKETS.sub(put_by, numbered)
    parts = [clean(part) for part in re.split(f"[{re.escape(_WORDS['separators'])}]", bare)]
    whole = [re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], p).strip("。.") for p in parts]
    return [part for part in whole if part] or [clean(text)]


def _share(reading: Reading, rows: list[Row], name: str, cells: Iterable[Said]) -> None:
    """Give each part its own of as many words; one word is that of all, but no number is."""
    for said in list(cells)[:1]:
        words = _split(str(said.text))
        if len(rows) == 1:
            continue
        if len(words) == len(rows):
            for part, word in zip(rows, words, strict=True):
                part[name] = [replace(said, text=word)]
        elif len(words) > 1 or not name.endswith(".category"):
            for part in rows:
                part.pop(name, None)
            if not name.endswith(".category"):
                zh = "不知道是哪一项的，没有读入；请写在各项名称后面（如 志愿者20人），或分行写"
                bad = BadCell(zh, "of which of them is not said: not read", str(said.text))
                reading.draft.say(bad, said.index, said.heading, "warning")


def _complete(reading: Reading, part: Row, role: str) -> bool:
    """Read how much there is and of what category it is from the name, where no column says it."""
    said = part[f"{role}.name"][0]
    name = str(said.text)
    if f"{role}.capacity" not in part:
        counted = next((found for form in _COUNTED if (found := form.fullmatch(name))), None)
        if counted is not None and len(own := counted["name"].strip("（( ")) >= _LEAST:
            part[f"{role}.name"] = [replace(said, text=own)]
            part[f"{role}.capacity"] = [replace(said, text=counted["number"])]
            part[f"{role}.capacity_unit"] = [replace(said, text=counted["unit"])]
            name = own
    column = reading.kind.things[role].properties["category"]
    if f"{role}.category" not in part:
        category = _category(name, column)
        if category is None:
            zh = f"看不出“{name}”是哪一类；请在“{reading.kind.shown(f'{role}.category')}”一列写明"
            reading.bad(BadCell(zh, f"of which category is {name!r}? say so in a column"), said)
            return False
        part[f"{role}.category"] = [replace(said, text=category)]
    return True


def _category(name: str, column: Property) -> str | None:
    """The one option that a name says: by its last word, else the only one; None where it is not certain."""
    text = plain(_BRACKETS.sub("", name))
    words = {term.zh: term.value for term in column.vocabulary or ()} | option_words(column)
    last = max((word for word in words if text.endswith(word)), key=len, default=None)
    if last is not None:
        return words[last]
    found = {value for word, value in words.items() if word in text}
    return found.pop() if len(found) == 1 else None
