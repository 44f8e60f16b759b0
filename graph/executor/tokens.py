"""Cypher as tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<number>\d+\.\d+(?:[eE][-+]?\d+)?|(?:0|[1-9]\d{0,17})(?![.]?\w))
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<name>[A-Za-z_]\w*)
    |(?P<parameter>\$\w+)
    |(?P<sign><>|<=|>=|\.\.|[-+*/%=<>()\[\]{},.:|;])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", **{sign: sign for sign in "\\'\""}}


class NotCompiled(Exception):
    """The text uses what is not compiled here; the engine can be asked for it."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """`kind` is number, text, name, parameter, sign or end."""

    kind: str
    text: str
    at: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these words of the language, which are written in any case."""
        return self.kind == "name" and self.text.upper() in words


def tokens_of(text: str) -> list[Lexeme]:
    """All tokens, and one for the end; `NotCompiled` for a character that begins none."""
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotCompiled(f"character {text[at]!r} at {at}")
        kind = match.lastgroup or ""
        if kind != "skip":
            found.append(Lexeme(kind, match[0], at))
        at = match.end()
    found.append(Lexeme("end", "", at))
    return found


def text_of(token: Lexeme) -> str:
    """What a text in quotes says."""
    inside = token.text[1:-1]
    if any(sign not in _ESCAPES for sign in re.findall(r"\\(.)", inside, re.DOTALL)):
        raise NotCompiled(f"a character written in another way at {token.at}")
    return re.sub(r"\\(.)", lambda m: _ESCAPES[m[1]], inside)
