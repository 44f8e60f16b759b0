"""Tokens taken one after the other."""

from __future__ import annotations

from graph.executor.tokens import Lexeme, NotCompiled, tokens_of


class TokenReader:
    """Where reading is in a text."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens_of(text)
        self.at = 0

    @property
    def next(self) -> Lexeme:
        """The token that is read next."""
        return self.tokens[self.at]

    def sign(self, text: str) -> bool:
        """Take a sign if it is next."""
        if self.next.kind == "sign" and self.next.text == text:
            self.at += 1
            return True
        return False

    def word(self, *words: str) -> bool:
        """Take words if they are next, one after the other."""
        ahead = self.tokens[self.at : self.at + len(words)]
        if len(ahead) == len(words) and all(t.is_word(w) for t, w in zip(ahead, words, strict=True)):
            self.at += len(words)
            return True
        return False

    def need(self, text: str) -> None:
        """Take a sign or a word that has to be there."""
        if not self.sign(text) and not self.word(text):
            raise NotCompiled(f"{text!r} expected at {self.next.at}, not {self.next.text!r}")

    def name(self) -> str:
        """Take a name."""
        if self.next.kind != "name":
            raise NotCompiled(f"a name expected at {self.next.at}, not {self.next.text!r}")
        self.at += 1
        return self.tokens[self.at - 1].text
