"""What a caller should know about an answer: names the model does not have, what was withheld.

A misspelt label matches nothing, on both engines and without an error. The nearest known word is
found with `difflib` of the standard library: it is asked for a handful of words among some hundred,
so a faster library would be a dependency for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from graph.model import EDGES, NODES
from graph.reading.adhoc.outline import Outline
from graph.reading.adhoc.scope import QueryReading
from graph.reading.adhoc.uses import TYPES, Use, read_uses, whole_things
from graph.reading.masking import flagged_types
from graph.store.schema import OPERATIONAL

_NEAR = 0.6
_LISTED = 3


@dataclass(frozen=True)
class Notice:
    """One thing worth knowing, in both languages, and the place in the query it concerns."""

    zh: str
    en: str
    line: int
    column: int


def read_notices(
    outline: Outline, reading: QueryReading, given: Mapping[str, Any], *, personal: bool
) -> list[Notice]:
    """Unknown types, properties and values, and what a copy without personal data does not hold."""
    found = [*_unknown_types(outline, reading, given)]
    for use in read_uses(outline, reading):
        if not use.declared():
            found += _unknown_property(outline, use)
        found += _unknown_values(outline, use, given)
    if not personal:
        found += _withheld(outline, reading)
    return list({(n.line, n.column, n.en): n for n in found}.values())


def _unknown_types(outline: Outline, reading: QueryReading, given: Mapping[str, Any]) -> Iterator[Notice]:
    written = [(at, outline.tokens[at].text, e.edge) for e in reading.elements for at in e.labels]
    for at, name, edge in [*written, *_types_as_texts(outline, given)]:
        known = EDGES if edge else NODES
        if name in known or (not edge and name in OPERATIONAL):
            continue
        near = _nearest(name, {**{n: n for n in known}, **{t.zh: n for n, t in known.items()}})
        kind_zh, kind_en = ("关系类型", "edge type") if edge else ("节点类型", "label")
        yield _notice(
            outline,
            at,
            f"模型中没有{kind_zh} {name}{_perhaps_zh(near)}",
            f"the model has no {kind_en} {name}{_perhaps_en(near)}",
        )


def _types_as_texts(outline: Outline, given: Mapping[str, Any]) -> Iterator[tuple[int, str, bool]]:
    """What `type(r)` is compared with, and what is looked for in `labels(n)`; whether it is an edge type."""
    for at, token in enumerate(outline.tokens):
        asked = token.text.casefold()
        if asked not in ("type", "labels") or not outline.named(at) or not outline.sign(at + 1, "("):
            continue
        if asked == "type":
            after = outline.partner.get(at + 1, at) + 1
            yield from ((i, text, True) for i, text in _compared(outline, Use(at, "", (), after, at), given))
        elif outline.keyword(at - 1) == "IN":
            before = at - 3 if outline.sign(at - 3, "$") else at - 2
            yield from ((i, text, False) for i, text in _texts(outline, before, given))


def _unknown_property(outline: Outline, use: Use) -> Iterator[Notice]:
    types = [TYPES[t] for t in use.types]
    known = {n: n for t in types for n in t.properties()}
    named = {p.prop.zh: n for t in types for n, p in t.properties().items()}
    of = "、".join(use.types) if len(use.types) <= _LISTED else ""
    near = _nearest(use.name, {**named, **known})
    yield _notice(
        outline,
        use.at,
        f"模型中{of}没有属性 {use.name}{_perhaps_zh(near)}",
        f"the model has no property {use.name}{' of ' + of if of else ''}{_perhaps_en(near)}",
    )


def _unknown_values(outline: Outline, use: Use, given: Mapping[str, Any]) -> Iterator[Notice]:
    declared = use.declared()
    if not declared or any(p.vocabulary is None for p in declared):
        return
    words = {str(m): m.zh for p in declared if p.vocabulary for m in p.vocabulary}
    for at, text in _compared(outline, use, given):
        if text not in words:
            near = _nearest(text, {**{w: w for w in words}, **{zh: w for w, zh in words.items()}})
            yield _notice(
                outline,
                at,
                f"{use.name} 没有取值 {text!r}{_perhaps_zh(near)}；可取：{'、'.join(sorted(words))}",
                f"{use.name} has no value {text!r}{_perhaps_en(near)}",
            )


def _withheld(outline: Outline, reading: QueryReading) -> Iterator[Notice]:
    for element in reading.elements:
        for at in element.labels:
            if element.edge and outline.tokens[at].text in flagged_types():
                name = outline.tokens[at].text
                yield _notice(
                    outline,
                    at,
                    f"所查副本不含个人信息：没有关系 {name}，查得 0 不表示没有",
                    f"the copy that was asked holds no personal data: no {name}; 0 does not mean none",
                )
    for use in read_uses(outline, reading):
        if any(p.prop.flag is not None for p in use.declared()):
            yield _notice(
                outline,
                use.at,
                f"所查副本不含个人信息：属性 {use.name} 可能未提供，空值和 0 行不表示没有",
                f"the copy that was asked holds no personal data: {use.name} may be withheld; null and "
                "no rows do not mean none",
            )
    for at, types in whole_things(outline, reading):
        own = [TYPES[t].properties().items() for t in types]
        names = [*dict.fromkeys(name for items in own for name, p in items if p.prop.flag is not None)]
        if names:
            zh, en = ("、".join(names[:_LISTED]), ", ".join(names[:_LISTED]))
            more = len(names) > _LISTED
            yield _notice(
                outline,
                at,
                f"所查副本不含个人信息：属性 {zh}{' 等' if more else ''}可能未提供，没有不表示未登记",
                f"the copy that was asked holds no personal data: {en}{' and others' if more else ''} may be "
                "withheld; where they are absent that does not mean none",
            )


def _compared(outline: Outline, use: Use, given: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The texts that a property is compared with, and where: literals, parameters, lists of them."""
    after = use.end
    if outline.keyword(after) == "IN" or outline.sign(after, "=", "<", ">", ":"):
        while outline.sign(after, "=", "<", ">", ":") or outline.keyword(after) == "IN":
            after += 1
        listed = outline.split(outline.inside(after), ",") if outline.sign(after, "[") else [(after, after)]
        for at, _ in listed:
            yield from _texts(outline, at, given)
    before = use.start - 1
    if outline.sign(before, "=", "<", ">"):
        while outline.sign(before, "=", "<", ">"):
            before -= 1
        yield from _texts(outline, before - 1 if outline.sign(before - 1, "$") else before, given)


def _texts(outline: Outline, at: int, given: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    if not 0 <= at < len(outline.tokens):
        return
    token = outline.tokens[at]
    if token.kind == "string":
        yield at, token.text[1:-1]
    elif token.is_sign("$") and outline.named(at + 1):
        value = given.get(outline.tokens[at + 1].text)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield at, text


def _nearest(word: str, known: Mapping[str, str]) -> str | None:
    """The known word that is nearest to one, whatever their case; by its Chinese name too."""
    lower = {k.casefold(): v for k, v in known.items()}
    found: Iterable[str] = get_close_matches(word.casefold(), lower, n=1, cutoff=_NEAR)
    return next((lower[f] for f in found), None)


def _perhaps_zh(near: str | None) -> str:
    return f"，是否为 {near}？" if near else ""


def _perhaps_en(near: str | None) -> str:
    return f"; did you mean {near}?" if near else ""


def _notice(outline: Outline, at: int, zh: str, en: str) -> Notice:
    token = outline.tokens[at]
    place_zh, place_en = (
        f"第 {token.line} 行第 {token.column} 列",
        f"line {token.line}, column {token.column}",
    )
    return Notice(f"{place_zh}：{zh}", f"{place_en}: {en}", token.line, token.column)
