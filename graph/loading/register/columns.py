"""Where findings are told: what a property or tie is called in the sheet, and where its column is."""

from __future__ import annotations

from graph.loading.register.dated import days_of_term
from graph.loading.register.headings import HeadingProposal
from graph.loading.register.reading import Reading


def name_columns(reading: Reading, proposal: HeadingProposal) -> None:
    """The columns that a sheet has, by the property or edge that they say."""
    columns = reading.draft.columns.setdefault(proposal.sheet.name, {})
    for column in proposal.columns:
        field, place = str(column.field), (column.index, column.heading)
        # Both days of a term stand in its one column.
        for said in days_of_term(reading.kind, field) if field.endswith(".term") else (field,):
            if (key := _key(reading, said)) is not None:
                columns.setdefault(key, place)
        if ".post." in field or field.endswith(".role"):
            columns.setdefault("HOLDS_POST", place)
        for edge in reading.kind.edges:
            if field == f"{edge['to']}.name":
                columns.setdefault(edge["type"], place)


def name_others(reading: Reading) -> None:
    """What the sheet has no column for is called as a column of it would be: 资源类别, not `category`."""
    for field, headings in reading.kind.columns.items():
        if field.partition(".")[0] in reading.kind.things and (key := _key(reading, field)) is not None:
            reading.draft.usual.setdefault(key, (0, headings[0]))


def _key(reading: Reading, field: str) -> str | None:
    role, _, name = field.partition(".")
    kind = reading.kind
    label = kind.things[role].label if role in kind.things else kind.ties.get(role)
    return None if label is None else f"{label}.{name}"
