"""The texts of law that settings rest on: titles, days in force, how far each was verified.

`profiles/law/texts.toml` is the register; a setting names a text and its article. The days are
those of the text, not of the setting: a setting that outlives its text is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.validation import complain

Mark = Literal["V1", "V2", "Q", "S", "E", "N"]
TextKind = Literal[
    "law",
    "regulation",
    "local_regulation",
    "party",
    "guideline",
    "policy",
    "plan",
    "practice",
    "document",
    "default",
    "invented",
]
MARKS: dict[Mark, tuple[str, str]] = {
    "V1": (
        "条文据公开整理文本核对，非公报原件",
        "article read in a public transcription of the text, not the gazette",
    ),
    "V2": ("条文表述据公开网页核对", "wording read on a public page"),
    "Q": ("据其他出版物转引，未见原文", "known only as quoted elsewhere"),
    "S": ("仅见于一份材料，并非法规", "stated in one document, not law"),
    "E": ("系统默认值，没有条文依据", "engineering default, no text"),
    "N": ("未核实，不作为法规依据", "not verified, not to be read as law"),
}
"""What a mark of verification means, in Chinese and in English."""
NAMED: frozenset[TextKind] = frozenset({"law", "regulation", "local_regulation", "party", "guideline"})
"""Kinds whose titles are those of a text, set in 书名号."""
DATED: frozenset[TextKind] = NAMED | {"policy", "plan"}
"""Kinds with a day of effect: where it was not verified, the citation says so."""
REGISTER = Path("law") / "texts.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class LegalText(_Strict):
    """One text. `since` is its first day in force, `until` the first day no longer in force.

    Without `since` the day of effect was not verified; `version` is then the day, month or year of
    the text that was read, if it bears one.
    """

    title: str
    title_en: str
    kind: TextKind
    verified: Mark
    version: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def in_force_zh(self) -> str:
        """From when to when, in words; where no day of effect was verified, that."""
        since = (
            f"{self.since}起"
            if self.since
            else f"施行日未核实，{self._read('所据文本：', '所据文本未载日期')}"
        )
        return f"{since}，{self.until}起失效" if self.until else since

    @property
    def in_force_en(self) -> str:
        """The same in English."""
        read = self._read("text read: ", "the text read bears no date")
        since = f"since {self.since}" if self.since else f"day of effect not verified, {read}"
        return f"{since}, until {self.until} (exclusive)" if self.until else since

    def _read(self, before: str, undated: str) -> str:
        return f"{before}{self.version}" if self.version else undated


class Basis(_Strict):
    """A text and its article under a setting; `verified` where it differs from the text's own."""

    text: str
    article: str | None = None
    verified: Mark | None = None


def cite_zh(basis: Basis, texts: Mapping[str, LegalText]) -> str:
    """`《城市居民委员会组织法》第36条（2026-01-01起；条文据…核对）`."""
    text = texts[basis.text]
    title = f"《{text.title}》" if text.kind in NAMED and "《" not in text.title else text.title
    article = f"第{basis.article.replace(', ', '、')}条" if basis.article else ""
    dated = f"{text.in_force_zh}；" if text.kind in DATED else ""
    return f"{title}{article}（{dated}{MARKS[mark_of(basis, texts)][0]}）"


def cite_en(basis: Basis, texts: Mapping[str, LegalText]) -> str:
    """The same in English."""
    text = texts[basis.text]
    article = f", Art. {basis.article}" if basis.article else ""
    dated = f"{text.in_force_en}; " if text.kind in DATED else ""
    return f"{text.title_en}{article} ({dated}{MARKS[mark_of(basis, texts)][1]})"


def mark_of(basis: Basis, texts: Mapping[str, LegalText]) -> Mark:
    """How far a text under a setting was verified."""
    return basis.verified or texts[basis.text].verified


def read_texts(folder: Path) -> tuple[dict[str, LegalText], list[str]]:
    """The register of a folder of profiles by the ids of its texts, and what is wrong with it.

    A folder without a register has no texts.
    """
    path = folder / REGISTER
    if not path.is_file():
        return {}, []
    texts: dict[str, LegalText] = {}
    problems: list[str] = []
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        return {}, [f"{path}: {error}"]
    for name, table in tables.items():
        try:
            texts[name] = LegalText.model_validate(table)
        except ValidationError as error:
            problems += [f"{path}: {name}: {' / '.join(complain(e))}" for e in error.errors()]
    return texts, problems


def unsound(basis: Basis, texts: Mapping[str, LegalText], until: date | None) -> str | None:
    """What is wrong with a text under a setting that holds until a day (exclusive); None if nothing.

    A setting may not rest on a text past its end, nor name an article that was not read.
    """
    text = texts.get(basis.text)
    if text is None:
        return f"basis: no text {basis.text} in {REGISTER}"
    if text.until is not None and (until is None or until > text.until):
        return f"basis: {basis.text} ends on {text.until}, the setting has to end by then"
    if basis.article is not None and (basis.verified or text.verified) == "N":
        return f"basis: {basis.text} was not verified, so no article of it is named"
    return None
