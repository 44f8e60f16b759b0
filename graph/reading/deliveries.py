"""How fresh the records behind an answer are: the newest delivery of each register in question.

The graph answers for any day, also for one of which no register says anything yet. The model knows
no period for a register, so one setting, `COBUILD_REGISTER_DAYS`, says after how many days another
delivery should have come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from graph.reading.answer import Delivered

NAMED = 3
"""Registers that a warning names; the stamp lists them all."""
_PARTS = (2, 4, 6, 9)
"""Digits of province, prefecture, county and subdistrict in a division code; all 12: a community."""


def deliveries_for(
    loads: Iterable[Mapping[str, Any]], *, area: str | None, day: date, days: int
) -> tuple[Delivered, ...]:
    """The deliveries of places that are in the area, or that it is in; all of them for None.

    `loads` are the last deliveries by source (`graph.store.version.LOADS`). The frame of divisions
    belongs to no place and is none of them.
    """
    found = []
    for load in loads:
        of = load.get("area")
        if of is None or not (area is None or _related(str(of), area)):
            continue
        on = load.get("delivered_on")
        late = None if on is None else day > on + timedelta(days=days)
        found.append(Delivered(str(load["source"]), str(load["place_zh"]), str(of), on, late))
    return tuple(sorted(found, key=lambda d: (d.area, d.register)))


def warning_of(deliveries: Iterable[Delivered], day: date) -> tuple[str, str] | None:
    """What has to be said beside the answer, in Chinese and English; None if nothing.

    Of a register without a day nobody can say whether it is old: that is said, on whatever day.
    """
    found = sorted(deliveries, key=lambda d: (str(d.delivered_on), d.register))
    late = [d for d in found if d.outdated]
    undated = [d for d in found if d.delivered_on is None]
    zh, en = [], []
    if late:
        listed_zh = "、".join(f"{d.place}的台账截至 {d.delivered_on}" for d in late[:NAMED])
        listed_en = ", ".join(f"{d.register} of {d.delivered_on}" for d in late[:NAMED])
        more_zh, more_en = _more(late)
        zh.append(f"统计日期 {day} 晚于记录：{listed_zh}{more_zh}，此后的变动尚未入库")
        en.append(
            f"the day {day} lies past the records: {listed_en}{more_en}; "
            "what changed since is not in the graph"
        )
    if undated:
        more_zh, more_en = _more(undated)
        zh.append(f"{'、'.join(d.place for d in undated[:NAMED])}{more_zh}的台账未注明日期，不知记录截至何日")
        en.append(
            f"no day is stated by {', '.join(d.register for d in undated[:NAMED])}{more_en}: "
            "how far these records reach is not known"
        )
    return ("；".join(zh), "; ".join(en)) if zh else None


def _more(found: Sequence[Delivered]) -> tuple[str, str]:
    if len(found) <= NAMED:
        return "", ""
    return f" 等 {len(found)} 份", f" and {len(found) - NAMED} more"


def _related(one: str, other: str) -> bool:
    """Whether one area is the other or lies in it, by their division codes."""
    a, b = _significant(one), _significant(other)
    return a.startswith(b) or b.startswith(a)


def _significant(code: str) -> str:
    """The digits that say which division it is, without the zeros of those below."""
    return next((code[:n] for n in _PARTS if not code[n:].strip("0")), code)
