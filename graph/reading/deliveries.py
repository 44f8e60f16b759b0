"""How fresh the records behind an answer are: the newest delivery of each register in question.

The graph answers for any day, also for one of which no register says anything yet. The model knows
no period for a register, so one setting, `COBUILD_REGISTER_DAYS`, says after how many days another
delivery should have come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from graph.model import EDGES
from graph.reading.answer import Delivered

NAMED = 3
"""Registers that a warning names; the stamp lists them all."""
_PARTS = (2, 4, 6, 9)
"""Digits of province, prefecture, county and subdistrict in a division code; all 12: a community."""


def loads_about(loads: Sequence[Mapping[str, Any]], areas: Collection[str]) -> Sequence[Mapping[str, Any]]:
    """The loads of places that are in one of the areas, or that one is in; all of them for no area."""
    if not areas:
        return loads
    return [load for load in loads if any(_related(str(load.get("area")), area) for area in areas)]


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

    Whether a register without a day is out of date cannot be known: the answer says so for every day.
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


def inexact_of(
    loads: Iterable[Mapping[str, Any]], *, area: str | None, scope: str | None, day: date
) -> tuple[str, str] | None:
    """That a day lies in a month or year in which ties begin or end, where a register says no more of it.

    Those ties are counted for all of it. Or that it lies before the day on which ties followed others of
    which there is one at a time, and nobody knows since when: both are counted. To a caller limited to an
    area (`scope`), of a register that goes beyond it, only that it has such dates.
    """
    inside = {f"{day:%Y.%m}", f"{day:%Y}"}
    found: Counter[tuple[str, str, str]] = Counter()
    followed: Counter[tuple[str, str, str]] = Counter()
    vague: set[str] = set()
    for load in loads:
        of, periods = load.get("area"), load.get("inexact") or ()
        if of is None or not periods or not (area is None or _related(str(of), area)):
            continue
        if scope is not None and not _significant(str(of)).startswith(_significant(scope)):
            vague.add(str(load["place_zh"]))
            continue
        for period in periods:
            what, written, count = str(period).split(":")
            key = str(load["place_zh"]), what, written
            if what.endswith(".follows"):
                followed[key] += int(count) if str(day) < written else 0
            elif written in inside:
                found[key] += int(count)
    told_zh, told_en = [], []
    if said := _listed(found):
        told_zh.append(f"统计日期 {day} 前后有只写到年月的起止：{said[0]}；所写的月（年）内一律按有效计")
        told_en.append(
            f"around the day {day} some ties begin or end in a month or year of which no day is known: "
            f"{said[1]}; they count for all of it"
        )
    if said := _listed(+followed):
        told_zh.append(
            f"统计日期 {day} 早于{said[0]}：接替的起始日不详，与被接替的一并计入，同一时间可能算了两个"
        )
        told_en.append(
            f"before {said[1]} ties without a known start followed others: on the day {day} both count, "
            "where there was one"
        )
    if vague:
        places = "、".join(sorted(vague)[:NAMED])
        told_zh.append(f"{places}的台账有的起止只写到年月或不详，是否在统计日期前后不予显示")
        told_en.append(
            "registers that go beyond your area have dates known to the month or year alone, or not at all; "
            "whether they are around the day is not shown"
        )
    return ("；".join(told_zh), "; ".join(told_en)) if told_zh else None


def _listed(found: Mapping[tuple[str, str, str], int]) -> tuple[str, str] | None:
    """The most frequent periods in Chinese and English; None where there are none."""
    said = [_period(*key, count) for key, count in sorted(found.items(), key=lambda item: -item[1])]
    if not said:
        return None
    zh, en = (list(parts) for parts in zip(*said[:NAMED], strict=True))
    if len(said) > NAMED:
        zh, en = [*zh, f"等 {len(said)} 项"], [*en, f"and {len(said) - NAMED} more"]
    return "、".join(zh), ", ".join(en)


def _period(place: str, what: str, written: str, count: int) -> tuple[str, str]:
    """`what` is `HOLDS_POST.since`; of a type whose existence is the secret it is not said which."""
    kind, _, name = what.partition(".")
    edge = EDGES[kind]
    zh, en = (edge.zh, edge.en) if edge.flag is None else ("涉个人的关系", "ties of persons")
    end_zh, end_en = {"since": ("起始", "since"), "until": ("终止", "until")}.get(
        name, ("接替", "that followed")
    )
    return f"{place}的{zh}{end_zh} {written}（{count} 条）", f"{en} {end_en} {written} ({count})"


def _related(one: str, other: str) -> bool:
    """Whether one area is the other or lies in it, by their division codes."""
    a, b = _significant(one), _significant(other)
    return a.startswith(b) or b.startswith(a)


def _significant(code: str) -> str:
    """The digits that say which division it is, without the zeros of those below."""
    return next((code[:n] for n in _PARTS if not code[n:].strip("0")), code)
