"""Names and numbers of a row that may be those of another thing than they are taken for."""

from __future__ import annotations

from graph.loading.cells import BadCell
from graph.loading.register.kinds import Thing
from graph.loading.register.likeness import clean, firm_core, same_name
from graph.loading.register.reading import Reading, Said


def refuse_lines(reading: Reading, number: Said | None) -> None:
    """Numbers that count lines name another thing as soon as a line is put in between."""
    if reading.ids.shifted is not None and number is not None:
        no = number.heading
        zh = f"这个编号以前是“{reading.ids.shifted}”的；是流水号的，把这一列改为“不读”"
        zh += f"（命令行 --column {no}=不读）"
        en = f"this was the number of {reading.ids.shifted!r}: where numbers count lines, do not read them"
        reading.refuse(number, zh, en)
    reading.ids.shifted = None


def warn_of_another(reading: Reading, thing: Thing, id_: str, own: Said | None) -> None:
    """Two firms of one register that differ in what all firms are called may be one, once for each."""
    if thing.label != "PropertyFirm" or own is None:
        return
    name = clean(str(own.text))
    first, other = reading.firms.setdefault(firm_core(same_name("PropertyFirm", name)), (id_, name))
    if id_ not in (first, *reading.doubted):
        reading.doubted.add(id_)
        zh = f"与“{other}”可能是同一家；是的，请写成一样，已导入的请合并（命令行 cobuild merge）"
        reading.draft.say(
            BadCell(zh, f"may be {other!r}: if so, write one name, or merge the two", name),
            own.index,
            own.heading,
            "warning",
        )
