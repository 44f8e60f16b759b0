"""Days of a row, each with how precisely the register has it: of a thing, and of the ties that it has.

A column `post.since` is of every post that the row says, `operation.since` of the tie that the kind calls so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from graph.loading.cells import BadCell
from graph.loading.register.days import WORDS, Span, later, read_day, term_of
from graph.loading.register.kinds import RegisterKind, find_kind
from graph.loading.register.reading import Reading, Row, Said
from graph.loading.register.shown import Cell, Number
from graph.model import EDGES
from graph.model.precision import MARKS, is_exclusive

POSTS = "post"
"""What the posts of a row are called in its columns."""
_ENDLESS = "_indefinite"
"""How the property ends that says of a tie that it has no end, beside its `_until`."""


def put_day(values: dict[str, str], name: str, cell: Cell) -> None:
    """Add a day as a delivery has it, with its precision where it is none; raises `BadCell`.

    The cell is taken as it is: `str` of a `Number` would no longer tell that it was one.
    """
    day = read_day(cell if isinstance(cell, str) else str(cell))
    values[name] = (day.after if is_exclusive(name) else day.day).isoformat()
    if day.precision != "day":
        marks = [*filter(None, values.get(MARKS, "").split(";")), f"{name}:{day.precision}"]
        values[MARKS] = ";".join(sorted(marks))


@dataclass(frozen=True)
class _Pair:
    """The columns of the first and the last day of something, and those that say both."""

    first: str
    last: str
    both: tuple[str, ...] = ()

    @property
    def endless(self) -> str:
        """The column that says that there is no last day."""
        return self.last.removesuffix("_until") + _ENDLESS


def with_terms(reading: Reading, row: Row) -> None:
    """Put the days of a row where they belong, whatever column says them.

    A term is the day on which something begins and the one on which it ends; the end of 三年 is counted from
    the begin that the row has.
    """
    for pair in _pairs(reading.kind.title):
        lengths: list[tuple[Said, Span]] = []
        for name in (pair.first, pair.last, *pair.both):
            for said in row.pop(name, ()):
                term = _put(reading, row, pair, said, name)
                if term is not None and term.months is not None:
                    lengths.append((said, term))
        for said, term in lengths:
            if pair.last not in row:
                _count(reading, row, pair, said, term)


def days_of_term(kind: RegisterKind, field: str) -> tuple[str, str]:
    """The columns of the first and the last day that a column for a term says."""
    role = field.partition(".")[0]
    return kind.terms.get(field, (f"{role}.elected_on", f"{role}.term_until"))


@cache
def _pairs(title: str) -> tuple[_Pair, ...]:
    kind = find_kind(title)
    both: dict[tuple[str, str], list[str]] = {}
    for field in kind.columns:
        role, _, name = field.partition(".")
        if name == "term":
            both.setdefault(days_of_term(kind, field), []).append(field)
        elif name in ("elected_on", "term_until") and role in kind.things:
            both.setdefault((f"{role}.elected_on", f"{role}.term_until"), [])
    for tie in kind.ties:
        if {f"{tie}.since", f"{tie}.until"} & kind.columns.keys():
            firsts = [first for first, _ in both]
            # Both days of what has a term of its own stand there already.
            if f"{tie}.until" in kind.columns or f"{tie}.since" not in firsts:
                both.setdefault((f"{tie}.since", f"{tie}.until"), [])
    return tuple(_Pair(*days, tuple(fields)) for days, fields in both.items())


def _put(reading: Reading, row: Row, pair: _Pair, said: Said, name: str) -> Span | None:
    """A cell as the days that it says; what is left to do of it, if anything is."""
    text = str(said.text)
    if name not in pair.both and (isinstance(said.text, Number) or _no_day(text) is None):
        row.setdefault(name, []).append(said)
        return None
    try:
        term = term_of(text, said.heading)
        if name == pair.first and term.begin is None and not term.endless:
            read_day(text)  # says what is wrong; 长期 is since long ago
    except BadCell as bad:
        reading.bad(bad if name in pair.both else _no_day(text) or bad, said)
        return None
    if term.end is not None and name == f"{POSTS}.since" and read_day(term.end).after <= reading.on:
        zh = f"{term.end} 已过：是已离任，还是任期已满仍在任？已离任的写离任时间，在任的写任期起止"
        reading.bad(BadCell(zh, "left, or still there after the term? say so in a column of its own"), said)
        return None
    if term.begin is not None:
        _begin(reading, row, pair, replace(said, text=term.begin))
    if term.end is not None:
        row.setdefault(pair.last, []).append(replace(said, text=term.end))
    if term.endless and name != pair.first and _is_property(reading.kind, pair.endless):
        row[pair.endless] = [replace(said, text="true")]
    return term


def _begin(reading: Reading, row: Row, pair: _Pair, said: Said) -> None:
    """When a body was set up, or elected years before its term began, is not when it was elected for it."""
    there = row.setdefault(pair.first, [])
    first = there[0] if there and pair.first.endswith("elected_on") else None
    before = first is not None and _long_before(first, said)
    founded = first is not None and any(word in first.heading for word in WORDS["founded"])
    if first is not None and before and not founded:
        zh = f"比任期起始（{said.text}）早一年以上，按任期起始计；请核对"
        bad = BadCell(
            zh, f"more than a year before the term began ({said.text}), which counts", str(first.text)
        )
        reading.draft.say(bad, first.index, first.heading, "warning")
    there.insert(0 if founded or before else len(there), said)


def _long_before(first: Said, said: Said) -> bool:
    if _no_day(str(first.text)) is not None or isinstance(first.text, Number):
        return False
    return read_day(str(first.text)).last + timedelta(days=366) < read_day(str(said.text)).day


def _count(reading: Reading, row: Row, pair: _Pair, said: Said, term: Span) -> None:
    """The end of a term of which the row has begin and length."""
    own = term.begin is not None
    begin = replace(said, text=term.begin or "") if own else next(iter(row.get(pair.first, ())), None)
    if begin is None:
        zh = f"只有年限，没有起始日；请写起止日期，或补上“{reading.kind.shown(pair.first)}”"
        reading.bad(BadCell(zh, "a length without its begin: write the first and the last day"), said)
        return
    if _no_day(str(begin.text)) is not None:
        return  # told at its own cell
    end = later(read_day(str(begin.text)), term.months or 0)
    if end is None:
        zh = f"从 {begin.text} 起算不到哪一天；请写起止日期"
        reading.bad(BadCell(zh, f"not to be counted from {begin.text}: write both days"), said)
        return
    words = (*WORDS["founded"], *WORDS["entered"])
    # What would end the tie itself, or counts from a day before the term, needs a clerk who says so.
    doubtful = pair.last.endswith(".until") or any(word in begin.heading for word in words)
    if not own and doubtful and read_day(end).after <= reading.on:
        zh = f"从“{begin.heading}”{begin.text} 起算到 {end} 已满，其后可能换届或续签过，未读入；请写起止日期"
        en = f"from {begin.text} it would be over by {end}: renewed since? Write both days"
        reading.draft.say(BadCell(zh, en, str(said.text)), said.index, said.heading, "warning")
        return
    row[pair.last] = [replace(said, text=end)]


def _is_property(kind: RegisterKind, field: str) -> bool:
    tie, _, name = field.partition(".")
    return tie in kind.ties and name in EDGES[kind.ties[tie]].properties()


def _no_day(text: str) -> BadCell | None:
    """Why a text is no day; None where it is one."""
    try:
        read_day(text)
    except BadCell as bad:
        return bad
    return None


def ties_of(reading: Reading, row: Row) -> dict[str, dict[str, str]]:
    """What a row says of its ties, by what the kind calls them."""
    found: dict[str, dict[str, str]] = {}
    for field, cells in row.items():
        tie, _, name = field.partition(".")
        if tie not in reading.kind.ties or "." in name:
            continue
        said = found.setdefault(tie, {})
        try:
            prop = EDGES[reading.kind.ties[tie]].properties().get(name)
            if prop is not None and prop.kind == "date":
                put_day(said, name, cells[0].text)
            else:
                said[name] = str(cells[0].text)
        except BadCell as bad:
            reading.bad(bad, cells[0])
    return found
