"""Cypher cut into words, names, strings and signs: enough to distinguish a keyword from a name.

No grammar: the engine parses. Whatever could be read in two ways is refused here, because a
guard that reads a text otherwise than the engine guards nothing.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, cast

from graph.reading.adhoc.refusals import Refused

TokenKind = Literal["word", "name", "string", "number", "sign"]

_TOKEN = re.compile(
    r"""
    (?P<skip>\s+|//[^\r\n]*|/\*.*?\*/)
  | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
  | (?P<name>`(?:``|[^`])*`)
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d\w*(\.\d\w*)?)
  | (?P<sign>.)
    """,
    re.DOTALL | re.VERBOSE,
)
_OPENING = {"'": "字符串 string", '"': "字符串 string", "`": "名称 name"}
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
"""Ends of a line to some readers and not to others: a comment would end in two places."""


@dataclass(frozen=True)
class Token:
    """A piece of the text; `text` of a name is without its backticks; line and column from 1.

    `start` and `end` are where it is in the text, as a slice.
    """

    kind: TokenKind
    text: str
    line: int
    column: int
    start: int = 0
    end: int = 0

    @property
    def keyword(self) -> str:
        """A word as a keyword would be written: also where it only looks like one."""
        plain = unicodedata.normalize("NFKC", self.text)
        return plain.upper() if self.kind == "word" else ""

    def is_sign(self, *texts: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind == "sign" and self.text in texts


def read_tokens(text: str) -> list[Token]:
    """Every token but blanks and comments. Raises `Refused` for what can be read in two ways."""
    places = Places(text)
    _refuse_invisible(text, places)
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "skip":
            continue
        at = places.of(match.start())
        found = match.group()
        if kind == "sign" and (found in _OPENING or text.startswith("/*", match.start())):
            what = _OPENING.get(found, "注释 comment")
            raise Refused(f"{what} 没有结束", f"a {what.split()[1]} does not end", *at)
        text_of = found[1:-1].replace("``", "`") if kind == "name" else found
        tokens.append(Token(cast("TokenKind", kind), text_of, *at, *match.span()))
    return tokens


def _refuse_invisible(text: str, places: Places) -> None:
    """Escapes that Neo4j reads before it cuts the text, and invisible characters."""
    escape = re.search(r"\\u", text, re.IGNORECASE)
    if escape:
        raise Refused(
            r"不支持 \u 转义，请直接写出字符",
            r"no \u escapes: write the character itself",
            *places.of(escape.start()),
        )
    for index, char in enumerate(text):
        if char in _BREAKS or (
            unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") and char not in "\t\n\r"
        ):
            raise Refused(
                f"含不可见字符 U+{ord(char):04X}",
                f"there is an invisible character, U+{ord(char):04X}",
                *places.of(index),
            )


class Places:
    """Lines and columns of a text, from 1; a line ends with CR LF, CR or LF."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text))]

    def of(self, index: int) -> tuple[int, int]:
        """Line and column of a character."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1
