"""Rows that say at once that a body is not there and who is in it."""

from __future__ import annotations

from collections.abc import Collection

from graph.loading.cells import BadCell
from graph.loading.register.names import read_names
from graph.loading.register.reading import Reading, Row
from graph.loading.register.values import is_unknown, says_no
from graph.model import NODES

MANAGED = "；由社区代管或业主自治的，在“管理模式”一列写明"
"""Of a project without a firm, how it can be there all the same."""


def contradicted(reading: Reading, row: Row, absent: Collection[str]) -> set[str]:
    """The bodies of which the row says that there is none, and names persons in them.

    An error; where the clerk takes what cannot be read as not known, neither is known, and the names are
    taken out of the row. What else the row says of a body that is not there is told, and not read.
    """
    found = set()
    for role in absent:
        zh = NODES[reading.kind.things[role].label].zh
        for name, cells in list(row.items()):
            about, _, what = name.partition(".")
            for cell in cells if about == role and what not in ("", "name", "exists") else ():
                if says_no(str(cell.text)) or is_unknown(str(cell.text)):
                    continue
                if not what.startswith("post."):
                    told = BadCell(f"这一行写明没有{zh}，此格未读", f"the row says that there is no {role}")
                    reading.draft.say(told, cell.index, cell.heading, "warning")
                elif _names_somebody(reading, role, str(cell.text)):
                    found.add(role)
                    wrong = BadCell(
                        f"这一行写明没有{zh}，这里却有姓名。有，改写“无”的一格"
                        f"{MANAGED if role == 'project' else ''}；没有，清空此格",
                        f"a name, where the row says that there is no {role}: one of the two is wrong",
                        str(cell.text),
                    )
                    reading.bad(wrong, cell)
                    row.pop(name, None)
    return found


def _names_somebody(reading: Reading, role: str, text: str) -> bool:
    try:
        return bool(read_names(text, reading.form.split, reading.kind.things[role].label))
    except BadCell:
        return True
