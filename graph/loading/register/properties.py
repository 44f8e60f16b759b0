"""What the cells of a row say of one thing, as the texts that a delivery would have for its properties."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.loading.cells import BadCell
from graph.loading.register.dated import put_day
from graph.loading.register.kinds import Thing
from graph.loading.register.likeness import clean
from graph.loading.register.reading import Reading, Said
from graph.loading.register.texts import text_of
from graph.loading.register.values import amount_apart, read_amount, with_unit
from graph.model.base import Property
from graph.private import FREE, without_numbers

_COUNTED = re.compile(r"(\d+(?:\.\d+)?) ?([^\d.,，、；余约多]{1,8})")
"""12场/年, 5万元: how much something is whose unit is a property of its own."""


def properties_of(reading: Reading, thing: Thing, said: Mapping[str, Said]) -> dict[str, str]:
    """The properties of a thing by name; what cannot be read is said at its cell.

    What stands beside a number (312户（含商铺12户）), and that it is about so much, goes into the note.
    """
    values: dict[str, str] = {}
    remarks: list[str] = []
    for name, cell in said.items():
        column = thing.properties.get(name)
        if column is None:
            continue
        try:
            if column.kind == "date":
                put_day(values, name, cell.text)
            elif column.kind in ("int", "float"):
                counted = _counted(thing, name, cell) if f"{name}_unit" not in said else None
                values |= counted or {name: _number(cell, column)}
                remarks += _remark(reading, cell, column, counted is None)
            elif name in FREE:
                values[name] = _without_numbers(reading, cell)
            else:
                values[name] = text_of(str(cell.text), column)
        except BadCell as bad:
            reading.bad(bad, cell)
    if remarks:
        values["note"] = "；".join([*filter(None, [values.get("note")]), *remarks])
    return values


def _counted(thing: Thing, name: str, cell: Said) -> dict[str, str] | None:
    """A number with its unit, where that is a property of its own."""
    found = _COUNTED.fullmatch(amount_apart(clean(str(cell.text)))[0])
    unit = f"{name}_unit"
    return {name: found[1], unit: found[2]} if found is not None and unit in thing.properties else None


def _number(cell: Said, column: Property) -> str:
    return text_of(with_unit(str(cell.text), cell.heading, column.prop.unit), column)


def _remark(reading: Reading, cell: Said, column: Property, alone: bool) -> list[str]:
    """The whole cell where it says more than its number, for the note; a number that is about is told."""
    text = clean(str(cell.text))
    about = alone and read_amount(text, column.prop.unit)[1] == "about"
    if about:
        zh, en = "是约数，按这个数存；原文记入备注", "about: stored as the number, the words as a note"
        reading.draft.say(BadCell(zh, en, text), cell.index, cell.heading, "warning")
    more = about or amount_apart(text)[1] is not None
    return [f"{cell.heading}：{_without_numbers(reading, cell)}"] if more else []


def _without_numbers(reading: Reading, cell: Said) -> str:
    """A remark without personal numbers, which are stored nowhere; a warning says so."""
    said = clean(str(cell.text))
    kept = without_numbers(said)
    if kept != said:
        zh, en = "其中的电话、证件或银行卡号未存", "telephone, identity or card numbers in it are not stored"
        reading.draft.say(BadCell(zh, en), cell.index, cell.heading, "warning")
    return kept
