"""Characters that no name may hold and no writer may let through.

XML has no way to write most control characters, UTF-8 none to write half of a surrogate pair, and
a terminal obeys them. A tab and line ends are text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

BOM = "\ufeff"
"""The byte order mark: before a CSV file it says to Excel that the characters are UTF-8."""
REPLACEMENT = "\ufffd"
"""What is in the place of a character that cannot be written, so that it is seen to be missing."""
_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OBEYED = re.compile("[\r\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Text in a file, but in a terminal they move what is before or after them."""


_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
"""What is copied along with text, unseen; two names that differ in it are one."""


def tidy(text: str) -> str:
    """The text in the composed form (NFC), without invisible characters."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def forbidden_in(text: str) -> str | None:
    """The first control, surrogate or non-character of a text as `U+001B`; None if there is none."""
    found = _FORBIDDEN.search(text)
    return None if found is None else f"U+{ord(found[0]):04X}"


def lone_surrogate_in(text: str) -> str | None:
    """The first half of a surrogate pair as `U+D800`: a text with one is not Unicode."""
    found = _SURROGATE.search(text)
    return None if found is None else f"U+{ord(found[0]):04X}"


def writable(text: str) -> str:
    """The text as every file format can hold it."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def json_writable(text: str) -> str:
    """A JSON document with such characters written as escapes: it means the same as before."""
    return _FORBIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def for_terminal(text: str) -> str:
    """The text as a terminal shows it, with nothing in it that a terminal obeys but line ends."""
    return _OBEYED.sub(REPLACEMENT, writable(text))


def item_text(value: Any) -> str:
    """A value in a cell as text that every file may hold: maps and lists in JSON."""
    nested = isinstance(value, (Mapping, list, tuple))
    return writable(json.dumps(value, ensure_ascii=False, default=str) if nested else str(value))
