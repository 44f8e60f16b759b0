"""Firm after firm: two rows of one quarter, or 甲公司（2019-2022）、乙公司（2022至今） in a cell.

Each has its period of the one project; which is the present one is known once all rows are read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from graph.loading.cells import BadCell
from graph.loading.register.days import read_day, term_of
from graph.loading.register.kinds import Succession
from graph.loading.register.likeness import clean
from graph.loading.register.numerals import date_with_digits
from graph.loading.register.reading import Reading, Row, Said, Tenure
from graph.model.precision import MARKS, bounds_of, last_of, precision_of

_APART = re.compile(r"[、，,；;\n→]+(?![^（(]*[)）])")
_DATED = (
    re.compile(r"(?P<name>.+?)\s*[（(](?P<term>[^（()）]*\d{4}[^（()）]*)[)）]"),
    re.compile(r"(?P<name>.*?[^\d\s（(〔\[至到.年月-])\s*(?P<term>[至到]?\d{4}.*)"),
)
Days = dict[str, str]
"""Days as an edge has them, with what says how precise they are."""


def turns_in_cell(reading: Reading, row: Row) -> list[Row]:
    """A row for each firm of a cell that says when each was there; the rest is of the present one."""
    turns = reading.kind.turns
    cells = row.get(f"{turns.who}.name", ()) if turns is not None else ()
    if turns is None or not cells:
        return [row]
    parts = [part for part in map(clean, _APART.split(date_with_digits(str(cells[0].text)))) if part]
    found = [_dated(part, turns.words if len(parts) > 1 else ()) for part in parts]
    if not any(term for _, term in found):
        return [row]
    try:
        days = [_days_of(turns, cells[0], term) for _, term in found]
    except BadCell:
        return [row]
    open_ = [n for n, said in enumerate(days) if turns.begin in said and turns.end not in said]
    now = open_[-1] if open_ else len(found) - 1
    rows: list[Row] = []
    for n, ((name, _), said) in enumerate(zip(found, days, strict=True)):
        places = {f: c for f, c in row.items() if f.partition(".")[0] in turns.place}
        rest = row if n == now else places
        own = {field: [day, *(rest.get(field, ()))] for field, day in said.items()}
        rows.append({**rest, f"{turns.who}.name": [replace(cells[0], text=name)], **own})
    return rows


def _dated(part: str, words: tuple[str, ...]) -> tuple[str, str | None]:
    """A firm and what is said of when it was there; of several without 原 and 现 before it."""
    found = next((found for form in _DATED if (found := form.fullmatch(part))), None)
    name = part if found is None else found["name"]
    for word in words:
        name = re.sub(rf"^{word}(为|是|[:：])?(?=.{{4}})", "", name)
    return name, None if found is None else found["term"]


def _days_of(turns: Succession, said: Said, term: str | None) -> dict[str, Said]:
    if term is None:
        return {}
    try:
        return {turns.begin: replace(said, text=str(read_day(term) and term))}
    except BadCell:
        found = term_of(term)
    days = {turns.begin: found.begin, turns.end: found.end}
    return {field: replace(said, text=text) for field, text in days.items() if text is not None}


def hold_turn(reading: Reading, row: Row, found: dict[str, str], ties: dict[str, Days]) -> None:
    """Keep the days of a firm until all rows are read: they are taken out of what the row says of ties."""
    turns = reading.kind.turns
    if turns is None or turns.who not in found or turns.of not in found:
        return
    tie, _, end = turns.end.partition(".")
    contract = ties.get(tie, {})
    taken = {
        name: contract.pop(name) for name in list(contract) if name.startswith(end.removesuffix("until"))
    }
    if marks := contract.pop(MARKS, None):
        taken[MARKS] = marks
    cell = row[f"{turns.who}.name"][0]
    place = found[next(reversed([role for role in turns.place if role in found]))]
    spot, begin = len(reading.draft.spots) - 1, ties.pop(turns.tie, {})
    held = reading.turns[found[turns.of]]
    if not any((t.who, t.begin, t.contract) == (found[turns.who], begin, taken) for t in held):
        held.append(Tenure(spot, found[turns.who], place, cell, begin, taken))
        reading.draft.said += 1


def settle_turns(reading: Reading) -> None:
    """Once all rows are read: every firm its period, the present one the contract."""
    for project, turns in reading.turns.items():
        firms = {turn.who for turn in turns}
        dated = any(turn.begin or turn.contract for turn in turns)
        if (len(firms) == 1 and not _renewed(turns)) or not dated:
            for turn in turns:
                _tie(reading, project, turn)
            continue
        try:
            order = _in_order(turns)
        except BadCell as bad:
            reading.draft.spots.append(reading.draft.spots[turns[-1].spot])
            reading.bad(bad, turns[-1].cell)
            continue
        for n, (turn, ends) in enumerate(order):
            again = sum(other.who == turn.who for other, _ in order[:n])
            _tie(reading, project, turn, ends, again)
            if ends:
                _end_posts(reading, project, turn, ends, [other for other, end in order if not end])


def _renewed(turns: list[Tenure]) -> bool:
    """Whether rows of one firm are contracts one after the other, and not one that rows say differently."""
    days = [(t.begin.get("since"), t.contract.get("contract_until")) for t in turns]
    whole = sorted({(since, until) for since, until in days if since and until})
    after = all(until[:4] <= since[:4] for (_, until), (since, _) in pairwise(whole))
    return len(whole) > 1 and len(whole) == len(set(days)) and after


def _in_order(turns: list[Tenure]) -> list[tuple[Tenure, Days]]:
    """One after the other, each with its end as an edge has it; none of the last. Raises `BadCell`."""
    unknown = BadCell(
        "这个小区写了几家物业，看不出先后；请写明各自的起止日期，或只写现在的一家",
        "several firms of one quarter: when was each there? Else name the one that there is now",
    )

    def begin(turn: Tenure) -> date:
        if since := turn.begin.get("since"):
            return date.fromisoformat(since)
        # Whoever left before another came was there first.
        others = [_last_begin(other) for other in turns if other is not turn and "since" in other.begin]
        until = _until(turn)
        if until is None or not others or _first_end(turn, until) > min(others) + timedelta(days=1):
            raise unknown
        return date.min

    ordered = sorted(turns, key=begin)
    whole = [_joined([*same]) for _, same in groupby(ordered, key=lambda turn: turn.who)]
    found: list[tuple[Tenure, Days]] = []
    for turn, following in zip(whole, [*whole[1:], None], strict=True):
        if following is None:
            found.append((turn, {}))
            continue
        if "since" not in following.begin:
            raise unknown
        found.append((turn, _end_before(turn, following)))
    return found


def _end_before(turn: Tenure, following: Tenure) -> Days:
    """When a firm left: on the day that is said, and where only its month is, not after the next came."""
    came, until = date.fromisoformat(following.begin["since"]), _until(turn)
    ends = {"until": came.isoformat()}
    if until is not None and _first_end(turn, until) > _last_begin(following) + timedelta(days=1):
        one, other = clean(str(turn.cell.text)), clean(str(following.cell.text))
        raise BadCell(
            f"{one}到 {until}，{other}从 {came} 起，时间重叠；请核对起止日期",
            f"{one} until {until} overlaps with {other} from {came} on",
        )
    if until is not None and until <= came:
        ends = {"until": until.isoformat()}
        if (precision := precision_of(_element(turn.contract), "contract_until")) != "day":
            ends[MARKS] = f"until:{precision}"
    if ends["until"] <= turn.begin.get("since", ""):
        raise BadCell("两家同时开始，看不出先后；请核对起止日期", "two firms begin at one time")
    return ends


def _first_end(turn: Tenure, until: date) -> date:
    """The first day of those that the end of a turn may be, exclusive."""
    element = {"contract_until": until, **_element(turn.contract)}
    return bounds_of(element, "contract_until")[0]


def _last_begin(turn: Tenure) -> date:
    """The last of those that its begin may be."""
    return last_of(date.fromisoformat(turn.begin["since"]), precision_of(_element(turn.begin), "since"))


def _until(turn: Tenure) -> date | None:
    text = turn.contract.get("contract_until")
    return None if text is None else date.fromisoformat(text)


def _element(days: Days) -> dict[str, list[str]]:
    return {MARKS: days.get(MARKS, "").split(";")}


def _joined(same: list[Tenure]) -> Tenure:
    """Contracts of one firm one after the other are one period, with the last contract."""
    return same[0] if len(same) == 1 else replace(same[-1], begin=same[0].begin)


def _tie(reading: Reading, project: str, turn: Tenure, ends: Days | None = None, again: int = 0) -> None:
    """The edges of a turn, at its row; `again`: how often the firm was there before."""
    reading.draft.spots.append(reading.draft.spots[turn.spot])
    marks = ";".join(sorted(filter(None, [turn.begin.get(MARKS), (ends or {}).get(MARKS)])))
    days = {**turn.begin, **(ends or {}), **({MARKS: marks} if marks else {})}
    spell = {"spell": str(again + 1)} if again else {}
    turns, types = reading.kind.turns, reading.kind.ties
    assert turns is not None
    reading.draft.edge(types[turns.tie], project, turn.who, spell.get("spell", ""), **days, **spell)
    if not ends:
        contract = types[turns.end.partition(".")[0]]
        reading.draft.edge(contract, project, turn.place, "", **turn.contract)


def _end_posts(reading: Reading, project: str, turn: Tenure, ends: Days, now: list[Tenure]) -> None:
    """Who stood in the row of a firm that left has left with it, unless that of the present one has them."""
    stay = {(p, post) for spot, p, body, post in reading.posts if spot in {t.spot for t in now}}
    for spot, person, body, post in reading.posts:
        if spot == turn.spot and body == project and (person, post) not in stay:
            reading.draft.edge("HOLDS_POST", person, body, post, **ends)
