"""Names and numbers of a row that may be those of another thing than they are taken for."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.loading.cells import BadCell
from graph.loading.register.kinds import RegisterKind, Thing
from graph.loading.register.likeness import clean, firm_core, same_name
from graph.loading.register.reading import Reading, Row, Said


def refuse_lines(reading: Reading, id_: str, number: Said | None) -> None:
    """Numbers that count lines name another thing as soon as a line is put in between."""
    was = reading.ids.shifted.pop(id_, None)
    if was is not None and number is not None:
        no = number.heading
        zh = f"这个编号以前是“{was}”的；是流水号的，把这一列改为“不读”"
        zh += f"（命令行 --column {no}=不读）"
        en = f"this was the number of {was!r}: where numbers count lines, do not read them"
        reading.refuse(number, zh, en)


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


_LIST = re.compile(r"[、，,;；\n]")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_FIRM = re.compile(r"(?!(股份)?有限|集团|分公司|管理|服务).{2,}(公司|物业|管理|服务|中心)")
"""A firm's name: what a line break tears off one (有限公司清泉分公司) is none."""
_LEAST = {"Quarter": 3, "Unit": 3, "Grid": 3}
"""Characters of a name: the second of 鹭洲新苑一、二期 is none."""


def is_several(reading: Reading, thing: Thing, cell: Said | None) -> bool:
    """Whether a cell names several firms, which is an error; several of another type are a warning."""
    if cell is None:
        return False
    parts = [part.strip() for part in _LIST.split(_BRACKETS.sub("", str(cell.text)))]
    if len(parts) < 2:  # noqa: PLR2004
        return False
    if thing.label == "PropertyFirm" and all(_FIRM.fullmatch(part) for part in parts):
        zh = "写了几家；请只写现在的一家，或写明各自的起止，如 甲公司（2019-2022）、乙公司（2022至今）"
        en = "several firms: name the one that there is now, or say when each was there"
        reading.bad(BadCell(zh, en), cell)
        return True
    if thing.label in _LEAST and all(len(part) >= _LEAST[thing.label] for part in parts):
        zh, en = (
            "读作一个名称；是几个的，请分行写",
            "read as one name: where it is several, write a row for each",
        )
        reading.draft.say(BadCell(zh, en, clean(str(cell.text))), cell.index, cell.heading, "warning")
    return False


_CODE = r"[A-Za-z]*[-—]?\d[\dA-Za-z-]*"
_NUMBERED = (
    re.compile(rf"(?P<name>.+?)\s*[（(](?P<number>{_CODE})[)）]"),
    re.compile(rf"(?P<number>{_CODE})\s*(?P<name>[^\dA-Za-z-].*)"),
)
_BOTH = ("编号", "编码", "代码")


def with_numbers(kind: RegisterKind, row: Row) -> None:
    """Put name and number apart in a cell whose heading says that it has both: 第一网格（LL-01）."""
    for role in kind.things:
        cells = row.get(f"{role}.name", ())
        if f"{role}.number" not in kind.columns or f"{role}.number" in row or not cells:
            continue
        own, text = cells[0], clean(str(cells[0].text))
        found = next((found for form in _NUMBERED if (found := form.fullmatch(text))), None)
        if found is not None and any(word in own.heading for word in _BOTH):
            row[f"{role}.name"] = [replace(own, text=found["name"])]
            row[f"{role}.number"] = [replace(own, text=found["number"])]
