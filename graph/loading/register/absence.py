"""What a row says is not there: 否 under 是否成立业委会, 无 for a name."""

from __future__ import annotations

from graph.loading.cells import BadCell
from graph.loading.register.reading import Reading, Row, Said
from graph.loading.register.values import is_absent, is_managed, plain, read_truth, says_no

LONGEST_YES = 3
"""Characters of 已成立: what is longer in a column 业委会 is its name."""


def absent_things(reading: Reading, row: Row) -> list[str]:
    """The things of which the row says that there is none."""
    found = []
    for role, thing in reading.kind.things.items():
        for cell in row.pop(f"{role}.exists", ()):
            try:
                if read_truth(str(cell.text)):
                    row[f"{role}."] = [cell]
                else:
                    found.append(role)
            except BadCell as bad:
                # A column 业委会 has its name in some places, 是 and 否 in others.
                if len(plain(str(cell.text))) > LONGEST_YES:
                    row.setdefault(f"{role}.name", []).append(cell)
                else:
                    reading.bad(bad, cell)
        if thing.absent and any(is_managed(str(cell.text)) for cell in row.get(f"{role}.name", ())):
            # 业主自管 in the column of the firm is how the property is managed, and no firm.
            row.setdefault(f"{thing.absent}.mode", row[f"{role}.name"])
            del row[f"{role}.name"]
        if any(is_absent(str(cell.text)) for cell in row.get(f"{role}.name", ())):
            del row[f"{role}.name"]
            # Where the community runs the property there is no firm, and a project all the same.
            if not any(is_said(cell) for cell in row.get(f"{thing.absent}.mode", ())):
                found.append(thing.absent or role)
    return found


def is_said(cell: Said) -> bool:
    """Whether a cell says that something is there."""
    return not says_no(str(cell.text))
