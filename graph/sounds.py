"""How characters are read: pypinyin's table, without tones, ü as v."""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from functools import cache
from pathlib import Path


def readings_of(character: str) -> tuple[str, ...]:
    """The syllables that a character may be read as; none of what is no Chinese character."""
    return _readings().get(ord(character), ())


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters share a syllable, as 微 and 薇: who types pinyin takes one for the other."""
    return not set(readings_of(one)).isdisjoint(readings_of(other))


@cache
def _readings() -> dict[int, tuple[str, ...]]:
    """Each character's readings.

    Read as a file: the package itself would load 50 MiB of phrases, which tell how a character is
    read in its context. Here each of its readings may be meant.
    """
    spec = importlib.util.find_spec("pypinyin")
    assert spec is not None
    assert spec.origin is not None
    table = json.loads((Path(spec.origin).parent / "pinyin_dict.json").read_text("utf-8"))
    return {int(code): tuple(dict.fromkeys(map(_plain, r.split(",")))) for code, r in table.items()}


def _plain(reading: str) -> str:
    """`lǜ` → `lv`."""
    parts = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in parts if not unicodedata.combining(c))
