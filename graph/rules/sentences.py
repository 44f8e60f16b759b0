"""Why a row has its verdict, in a sentence: made from the row itself, so from what decided it.

A failing row fills the `@reason` of its rule's file; what is missing,
the meaning of blocks and of the codes of findings is given in the model's own words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graph.catalogue import Query
from graph.errors import BadParameter
from graph.model import EDGES, NODES, OPEN_END, OPEN_START, label_of
from graph.model.vocabulary import Register
from graph.model.words import VERDICTS
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reading.names import read_names
from graph.store import Row

Language = Literal["zh", "en"]

_PLACE = re.compile(r"\{(\w+)\}")
_FIXED = {
    "pass": ("符合要求", "as required"),
    "not_applicable": (VERDICTS["not_applicable"], "does not apply"),
}
_WITHHELD = {
    "fail": ("不符合；依据含个人信息，说明从略", "not as required; it rests on personal data, withheld here"),
    "unknown": ("尚缺个人信息的登记，说明从略", "not known; what is missing is personal data, withheld here"),
    "not_possible": (
        "条件不具备，不算缺口；依据含个人信息，说明从略",
        "not possible, so no gap; it rests on personal data, withheld here",
    ),
}
"""What is said of a row of a rule with `@tells`, where personal data is withheld."""
_JOIN = {"zh": "、", "en": ", "}


def is_told(row: Mapping[str, Any]) -> bool:
    """Whether a row's reason says more than that it is withheld."""
    return row["reason_zh"] not in {zh for zh, _ in _WITHHELD.values()}


async def explain_rows(graph: Graph, rows: list[Row]) -> None:
    """Add `subject_name`, `reason_zh` and `reason_en` to judged rows.

    Names are read at once for all rows; a person whose name is masked is named by the id.
    """
    ids = {id_ for row in rows for id_ in _ids_of(row, _named(graph.catalogue[row["rule"]], row["verdict"]))}
    found = await read_names(graph, ids)
    names = _shown(found)
    titles = {q.rule.code: (q.header.title_zh, q.header.title) for q in graph.catalogue.folder("rules")}
    for row in rows:
        subject = (row["subject"] or "").partition("#")[0]
        row["subject_name"] = found[subject]["name"] if subject in found else None
        query = graph.catalogue[row["rule"]]
        if query.header.tells and not graph.viewer.personal and row["verdict"] in _WITHHELD:
            row["reason_zh"], row["reason_en"] = _WITHHELD[row["verdict"]]
            continue
        sentences = Sentences(query, names, titles)
        row["reason_zh"], row["reason_en"] = sentences.reason(row, "zh"), sentences.reason(row, "en")


async def explain_missing(graph: Graph, items: Collection[str]) -> dict[str, tuple[str, str]]:
    """What is missing, in Chinese and in English: `{item: (zh, en)}`."""
    ids = {id_ for item in items for id_ in _parts(item)}
    words = _Names(_shown(await read_names(graph, ids)))
    return {item: (words.missing(item, "zh"), words.missing(item, "en")) for item in items}


def _shown(found: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {i: n["name"] for i, n in found.items() if not is_withheld(n["name"])}


def _named(query: Query, verdict: str | None) -> Collection[str]:
    """The columns of a row of a rule whose ids its sentences name."""
    if verdict == "fail":
        return {"subject", *_PLACE.findall(query.header.reason_zh), *_PLACE.findall(query.header.reason)}
    return ("subject", "missing") if verdict == "unknown" else ("subject",)


def _ids_of(row: Mapping[str, Any], columns: Collection[str]) -> Iterator[str]:
    """Every id that a sentence about a row may have to name."""
    for column in columns:
        value = row.get(column)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield from _parts(text)


def _parts(text: str) -> list[str]:
    """The node ids in an id, in `register@id`, in `id.property`, or in an edge id."""
    bare = text.partition("@")[2] or text
    ends = bare.split("~")
    return [ends[0].partition(".")[0].partition("#")[0], *(ends[2:3] if len(ends) > 1 else [])]


class _Words:
    """Sentences that need nothing but names by id."""

    names: Mapping[str, str]

    def missing(self, what: str, language: Language) -> str:
        """`post@oc-1` as 某业委会的任职台账; `p-1.party_status` as 某人的政治面貌."""
        zh = language == "zh"
        register, at, where = what.partition("@")
        if at:
            word = Register[register].zh if zh else register.replace("_", " ")
            return f"{self.name(where)}的{word}台账" if zh else f"{word} register of {self.name(where)}"
        where, _, name = what.rpartition(".")
        word = _property(where, name, language)
        return f"{self.name(where)}的{word}" if zh else f"{word} of {self.name(where)}"

    def name(self, id_: str) -> str:
        """A node by its name, an edge by its two ends, anything else as it is."""
        parts = id_.split("~")
        if len(parts) > 1:
            return f"{self.name(parts[0])}–{self.name(parts[2])}"
        return self.names.get(id_, id_)


@dataclass(frozen=True)
class _Names(_Words):
    """Names alone."""

    names: Mapping[str, str]


@dataclass(frozen=True)
class Sentences(_Words):
    """Sentences about the rows of one rule."""

    query: Query
    names: Mapping[str, str]
    titles: Mapping[str, tuple[str, str]]

    def reason(self, row: Row, language: Language) -> str:
        zh = language == "zh"
        verdict = row["verdict"]
        if verdict == "fail":
            return self._filled(row, language)
        if verdict == "unknown":
            missing = [self.missing(m, language) for m in row["missing"]]
            return ("尚缺：" if zh else "not known: ") + _JOIN[language].join(missing)
        if verdict == "not_possible":
            return self._blocked(row, language)
        if verdict is None:
            return "不再核查" if zh else "no longer checked"
        return _FIXED[verdict][0 if zh else 1]

    def _filled(self, row: Row, language: Language) -> str:
        header = self.query.header
        sentence = header.reason_zh if language == "zh" else header.reason

        def value(match: re.Match[str]) -> str:
            column = match[1]
            if column == "findings":
                return self._findings(row, language)
            return self._value(row.get(column), language)

        return _PLACE.sub(value, sentence)

    def _findings(self, row: Row, language: Language) -> str:
        meant = self.query.header.findings
        codes = row.get("findings") or []
        return ("；" if language == "zh" else "; ").join(
            meant[c][1 if language == "zh" else 0] if c in meant else str(c) for c in codes
        )

    def _blocked(self, row: Row, language: Language) -> str:
        zh = language == "zh"
        parts = []
        for code in row.get("blocked_by") or []:
            title = self.titles.get(code) or self.query.header.findings.get(code, ("", ""))[::-1]
            parts.append(f"{code} {title[0 if zh else 1]}".strip())
        if not parts and "findings" in row:
            parts = [self._findings(row, language)]
        start = "条件不具备，不算缺口" if zh else "not possible, so no gap"
        return start + ("：" if zh else ": ") + _JOIN[language].join(parts) if parts else start

    def _value(self, value: Any, language: Language) -> str:
        if value is None or value in (OPEN_START, OPEN_END):
            return "不详" if language == "zh" else "unknown"
        if isinstance(value, list):
            parts = [self._value(v, language) for v in value]
            return _JOIN[language].join(parts) or ("无" if language == "zh" else "none")
        if isinstance(value, bool):
            return ("是" if value else "否") if language == "zh" else str(value).lower()
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return self.name(value) if isinstance(value, str) else str(value)


def _property(where: str, name: str, language: Language) -> str:
    """The display word of a property of a node or an edge, by the id of either."""
    parts = where.split("~")
    try:
        element: Any = EDGES[parts[1]] if len(parts) > 1 else NODES[label_of(where)]
        prop = element.properties()[name].prop
    except (BadParameter, KeyError):
        return name
    return str(prop.zh if language == "zh" else prop.en or name)
