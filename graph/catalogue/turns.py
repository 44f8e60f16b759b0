"""On which days the rows of a file may become others: `@turns`, and what holds without it.

A query uses the day only to compare it with days in the graph. So its rows can only change on
those days (or, with `<`, the day after): on the first and last days of the edges that it names, and on
the dates that it reads. Where a date is moved by a span before it is compared, the header says so:
`@turns held_on + days period_days, …`; a file that states the day itself says `@turns daily`.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import prod
from typing import Any

from graph.model import EDGES, NODES

DAILY = "daily"
_SHIFT = re.compile(r"(?P<sign>[+-])\s*(?P<unit>days|months|years)\s+(?P<factors>\w+(?:\s*\*\s*\w+)*)\s*")
_OTHER_END = re.compile(r"duration\(\{(?:(?:month|year)s: 1, days: -1|days: 0)\}\)")
"""By these `graph.catalogue.dates` has files move dates known to the month or year."""
_COMPARED = re.compile(r"[<>]=? \$as_of\b(?! *[-+*])")
_COMMENT = re.compile(r"//[^\n]*")
_WORD = re.compile(r"\w+")
_MIDDLE = date(5000, 1, 1)
"""Days that lead out of all days lie near one of their ends."""
DATES: dict[str, tuple[str, ...]] = {}
"""By dated property the labels and edge types that have it."""
for _kind, _entity in {**NODES, **EDGES}.items():
    for _name, _property in _entity.properties().items():
        if _property.kind == "date" and _name not in ("since", "until"):
            DATES[_name] = (*DATES.get(_name, ()), _kind)


@dataclass(frozen=True)
class Turn:
    """Days that a file compares with: those of a word, each moved by spans one after the other."""

    word: str
    """An edge type, for its first and last days, or a property."""
    shifts: tuple[tuple[int, str, tuple[str, ...]], ...] = ()
    """Sign, unit, and the parameters (or numbers) whose product is the number."""

    def moved(self, day: date, parameters: Mapping[str, Any]) -> date | None:
        """Where a day lands; None where a span is not set, or leads out of all days."""
        for sign, unit, factors in self.shifts:
            number = self._number(factors, parameters)
            if number is None:
                return None
            try:
                day = _plus(day, unit, sign * number)
            except (OverflowError, ValueError):
                return None
        return day

    def turning(
        self, days: Sequence[date], parameters: Mapping[str, Any], *, after: date, until: date
    ) -> Sequence[date]:
        """Of days in their order those that land after one day and not after another.

        Who is earlier never lands later, so the first and the last are found by halving.
        """
        if any(self._number(factors, parameters) is None for _, _, factors in self.shifts):
            return ()

        def lands(day: date) -> date:
            moved = self.moved(day, parameters)
            return moved or (date.max if day > _MIDDLE else date.min)

        return days[bisect_right(days, after, key=lands) : bisect_right(days, until, key=lands)]

    @staticmethod
    def _number(factors: tuple[str, ...], parameters: Mapping[str, Any]) -> int | None:
        """The product of parameters and numbers; None where one is not set."""
        values = [int(f) if f.isdigit() else parameters[f] for f in factors]
        return None if None in values else prod(values)

    def imprecise(self, unit: str) -> Turn:
        """The same for dates of which the month or year is all that is known: its other end."""
        sign = -1 if self.word.endswith("_until") else 1
        return Turn(self.word, ((sign, f"{unit}s", ("1",)), (-sign, "days", ("1",)), *self.shifts))


def read_turns(value: str) -> tuple[Turn, ...]:
    """What `@turns` says; raises `ValueError` for what it does not understand."""
    found = []
    for part in (p.strip() for p in value.split(",") if p.strip()):
        match = _WORD.match(part)
        word, rest = (match[0], part[match.end() :].strip()) if match else ("", part)
        if word not in EDGES and word not in DATES:
            raise ValueError(f"@turns: {word or part!r} is no edge type and no dated property")
        shifts = []
        while rest:
            shift = _SHIFT.match(rest)
            if shift is None:
                raise ValueError(f"@turns: {rest!r} is no span such as + days period_days")
            factors = tuple(re.split(r"\s*\*\s*", shift["factors"].strip()))
            shifts.append((1 if shift["sign"] == "+" else -1, shift["unit"], factors))
            rest = rest[shift.end() :]
        found.append(Turn(word, tuple(shifts)))
    return tuple(found)


def plain_turns(text: str) -> tuple[Turn, ...]:
    """The edge types and dated properties that a file names, not moved."""
    words = set(_WORD.findall(_COMMENT.sub("", text).replace("$as_of", "")))
    return tuple(Turn(w) for w in sorted(words & {*EDGES, *DATES}))


def holds_between_turns(text: str) -> bool:
    """Whether a file only compares the day, and moves none: its rows turn by `plain_turns` alone."""
    body = _COMMENT.sub("", text)
    return "duration(" not in body and len(_COMPARED.findall(body)) == body.count("$as_of")


def declared_turns(
    value: str | None, text: str, parameters: Collection[str], *, kept: bool
) -> tuple[tuple[Turn, ...] | None, list[str]]:
    """The turns of a file with this `@turns`, and what is wrong with it; None: it turns every day.

    The rows of a file that is `kept` serve other days, so it has to say by which spans it moves days.
    """
    body = _COMMENT.sub("", text)
    try:
        spans = () if value in (None, DAILY) else read_turns(value or "")
    except ValueError as error:
        return (), [str(error)]
    words = {turn.word for turn in spans} - set(_WORD.findall(body))
    used = {name for turn in spans for _, _, factors in turn.shifts for name in factors}
    problems = [f"@turns: {w} is not read" for w in sorted(words)]
    problems += [f"@turns: {n} is no parameter" for n in sorted(used - set(parameters))]
    if kept and value is None and "duration(" in _OTHER_END.sub("", body):
        problems.append("days are moved by a span: say with @turns which, and by what")
    if value == DAILY:
        return None, problems
    turns = (*plain_turns(body), *spans)
    other_ends = (
        t.imprecise(unit) for t in turns for unit in ("month", "year") if f"'{t.word}:{unit}'" in text
    )
    return (*turns, *other_ends), problems


def _plus(day: date, unit: str, number: int) -> date:
    """A day and a span, as both engines add them: the last day of a month that is too short."""
    if unit == "days":
        return day + timedelta(days=number)
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
