"""Candidates in words: names, why a person has a rank, and how many there are for a gap.

What is masked in a row is not in its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model.vocabulary import PartyStatus, PostRole
from graph.reading.graph import Graph
from graph.reading.masking import is_withheld
from graph.reading.names import read_names
from graph.rules.sentences import Language, Sentences
from graph.store import Row

_OWNER = {
    "yes": ("有本小区房产", "owns a home in the quarter"),
    "no": ("在本小区没有房产", "owns no home in the quarter"),
}
_PARTY = {
    PartyStatus.full: "a full Party member",
    PartyStatus.probationary: "a probationary Party member",
    PartyStatus.none: "no Party member",
}


@dataclass(frozen=True)
class Words:
    """Names of nodes by id, titles of rules by code."""

    names: Mapping[str, str]
    bars: Mapping[str, tuple[str, str]]
    """What a code of `blocked_by` means, in Chinese and English."""
    sentences: Mapping[str, Sentences]

    def of(self, row: Row) -> Row:
        """What is added to a candidate's row: names, the post in words, the reasons."""
        named = {
            f"{column}_name": self.names.get(row[column])
            for column in ("subject", "body", "from_body", "candidate")
        }
        return {
            **named,
            "role_zh": role_zh(row["role"]),
            "reasons_zh": "；".join(self._reasons(row, "zh")),
            "reasons_en": "; ".join(self._reasons(row, "en")),
        }

    def _reasons(self, row: Row, language: Language) -> list[str]:
        zh = language == "zh"
        body = self.names.get(row["body"], row["body"])
        role = role_zh(row["role"]) if zh else row["role"].replace("_", " ")
        parts = [f"拟任{body}{role}" if zh else f"proposed as {role} of {body}"]
        if row["blocked_by"]:
            bars = [self.bar(code, language) for code in row["blocked_by"]]
            parts.append(f"受限：{'、'.join(bars)}" if zh else f"barred: {', '.join(bars)}")
        if row["unconfirmed"]:
            parts.append(self._unconfirmed(row, language))
        if row["owner"] in _OWNER:
            parts.append(_OWNER[row["owner"]][0 if zh else 1])
        if row["party"] in _PARTY:
            status = PartyStatus[row["party"]]
            parts.append(status.zh if zh else _PARTY[status])
        posts = row["posts"]
        parts.append(f"现任职务{posts}个" if zh else f"posts held now: {posts}")
        if not row["closes"]:
            parts.append("本身不消除本项缺口" if zh else "does not mend the gap alone")
        return parts

    def _unconfirmed(self, row: Row, language: Language) -> str:
        facts: Sequence[str] = row["unconfirmed"]
        zh = language == "zh"
        if is_withheld(facts):
            return "有无待确认事项已屏蔽" if zh else "whether anything is to be confirmed is withheld"
        sentences = self.sentences[row["rule"]]
        parts = [sentences.missing(fact, language) for fact in facts]
        return f"待确认：{'、'.join(parts)}" if zh else f"to be confirmed: {', '.join(parts)}"

    def bar(self, code: str, language: Language) -> str:
        """A code of `blocked_by` with what it means, as far as that is known."""
        return f"{code} {self.bars.get(code, ('', ''))[0 if language == 'zh' else 1]}".strip()

    def summary(self, gap: Row, bars: Mapping[str, int]) -> Row:
        """The sentence of a gap in both languages: how many there are, and what bars the others."""
        free, open_, other, blocked = (gap[g] for g in ("free", "unconfirmed", "other", "blocked"))
        zh, en = f"可推荐人选 {free} 名", f"{free} to recommend"
        if open_:
            zh, en = f"{zh}；待确认 {open_} 名", f"{en}; {open_} to be confirmed"
        if other:
            zh = f"{zh}；另有 {other} 名可交叉任职，但本身不消除缺口"
            en = f"{en}; {other} more could cross over, but do not mend the gap alone"
        if blocked:
            why_zh = "、".join(f"{self.bar(c, 'zh')} {n} 名" for c, n in bars.items())
            why_en = ", ".join(f"{self.bar(c, 'en')}: {n}" for c, n in bars.items())
            zh, en = f"{zh}；受限 {blocked} 名（{why_zh}）", f"{en}; {blocked} barred ({why_en})"
        return {"summary_zh": zh, "summary_en": en}


def role_zh(role: str) -> str:
    """A post in a word, without what its name explains in brackets."""
    return PostRole[role].zh.partition("（")[0]


async def read_words(graph: Graph, rows: Iterable[Row]) -> Words:
    """The words for rows of candidates; names are read at once for all of them."""
    listed = list(rows)
    ids = {row[c] for row in listed for c in ("subject", "body", "from_body", "candidate")}
    ids |= {
        fact.partition("@")[2] or fact.rpartition(".")[0] for row in listed for fact in row["unconfirmed"]
    }
    found = await read_names(graph, {i for i in ids if i and not is_withheld(i)})
    names = {id_: name["name"] for id_, name in found.items()}
    rules = {q.name: q for q in graph.catalogue.folder("rules")}
    bars = {q.rule.code: (q.header.title_zh, q.header.title) for q in rules.values()}
    for query in rules.values():
        if query.name in {row["rule"] for row in listed}:
            bars |= {c: (zh, en) for c, (en, zh) in query.header.findings.items()}
    shown = {i: n for i, n in names.items() if not is_withheld(n)}
    sentences = {r: Sentences(rules[r], shown, bars) for r in {row["rule"] for row in listed}}
    return Words(names, bars, sentences)
