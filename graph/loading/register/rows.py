"""One row becomes several nodes and edges: the things of its kind, their ties, posts and closed lists."""

from __future__ import annotations

from collections import defaultdict

from graph.loading.cells import BadCell
from graph.loading.findings import Finding
from graph.loading.register.absence import absent_things
from graph.loading.register.areas import community_of_title
from graph.loading.register.body import body_rows, group_of
from graph.loading.register.columns import name_columns, name_others
from graph.loading.register.contrary import contradicted
from graph.loading.register.dated import POSTS, ties_of, with_terms
from graph.loading.register.doubts import with_numbers
from graph.loading.register.employment import with_employment
from graph.loading.register.headings import DROP, SKIP, HeadingProposal, cell_at
from graph.loading.register.organizations import tie_superiors
from graph.loading.register.parts import parts_of
from graph.loading.register.people import add_posts, add_roles
from graph.loading.register.reading import CONSTANT, Mentioned, Reading, Row, Said
from graph.loading.register.sittings import settle_sittings
from graph.loading.register.terms import with_departure
from graph.loading.register.things import thing_of
from graph.loading.register.turns import hold_turn, settle_turns, turns_in_cell
from graph.loading.register.values import CROSSED, NO_DAY, is_unknown, plain, refers_elsewhere

PLACED = {"Quarter", "Grid"}
"""What lies in a community, always."""
COMMUNITY = "community.name"


def read_rows(reading: Reading, proposals: list[HeadingProposal]) -> None:
    """Every row of every sheet, into the draft."""
    for proposal in proposals:
        if count := proposal.sheet.hidden_rows:
            zh, en = f"有 {count} 行被隐藏（或筛选掉），也已读取", f"{count} hidden rows were read too"
            found = Finding(reading.draft.file, 0, "", "", zh, en, "warning", proposal.sheet.name)
            reading.draft.findings.append(found)
        name_columns(reading, proposal)
        reading.group = community_of_title(proposal.sheet, proposal.first, reading.ids.known)
        own = any(column.field == COMMUNITY for column in proposal.columns)
        read = {column.index for column in proposal.columns if column.field not in (None, SKIP, DROP)}
        for number in body_rows(proposal.sheet, proposal.last):
            if not own and (group := group_of(proposal.sheet.rows[number], read)) is not None:
                reading.group = group
                continue
            reading.draft.begin(proposal.sheet.name, number + 1)
            before, told = _said(reading), len(reading.draft.findings)
            cells = _cells(reading, proposal, number)
            for part in (p for turn in turns_in_cell(reading, cells) for p in parts_of(reading, turn)):
                _row(reading, part)
            # What every part says wrong is said once.
            reading.draft.findings[told:] = dict.fromkeys(reading.draft.findings[told:])
            if before == _said(reading):
                zh = "这一行没有新内容，与前面的行重复，按同一个计"
                reading.draft.say(
                    BadCell(zh, "says nothing new: the same as rows above"), None, "", "warning"
                )
    settle_sittings(reading)
    settle_turns(reading)
    name_others(reading)
    tie_superiors(reading)
    reading.ids.settle()


def _said(reading: Reading) -> int:
    """How much was said so far: a row after which it is as much says nothing new."""
    return reading.draft.said + len(reading.draft.findings) + len(reading.later)


def _cells(reading: Reading, proposal: HeadingProposal, number: int) -> Row:
    row: Row = defaultdict(list)
    for column in proposal.columns:
        cell = cell_at(proposal.sheet, number, column.index)
        if column.field in (None, SKIP, DROP) or cell == "":
            continue
        said = Said(column.index, column.heading, cell)
        if isinstance(cell, BadCell):
            reading.bad(cell, said)
        elif refers_elsewhere(cell) and not str(column.field).endswith(".note"):
            zh, en = (
                "没有写内容；请写全，不知道请留空",
                "refers elsewhere: write what it says, or leave it empty",
            )
            reading.bad(BadCell(zh, en), said)
        elif not is_unknown(cell) and not _is_blank(reading, str(column.field), cell):
            row[reading.kind.said_in(str(column.field), cell)].append(said)
    if reading.group is not None and COMMUNITY not in row and COMMUNITY in reading.kind.columns:
        row[COMMUNITY].append(Said(0, reading.kind.shown(COMMUNITY), reading.group))
    for name, text in reading.form.constants.items():
        if name not in row:
            row[name].append(Said(0, CONSTANT, text))
    found = dict(row)
    with_departure(found)
    with_terms(reading, found)
    with_numbers(reading.kind, found)
    if "employment" in reading.kind.ties:
        with_employment(reading, found)
    return found


def _is_blank(reading: Reading, field: str, cell: str) -> bool:
    """Whether a cell is crossed out: / for a day or a number says that there is none to write."""
    prop = reading.kind.property_of(field)
    kind = "date" if field.endswith(".term") else prop.kind if prop is not None else ""
    return plain(cell) in {"date": NO_DAY, "int": CROSSED, "float": CROSSED}.get(kind, ())


def _row(reading: Reading, row: Row) -> None:
    kind, found, names = reading.kind, dict[str, str](), defaultdict[str, str](str)
    absent, reading.term = absent_things(reading, row), ""
    for role, thing in kind.things.items():
        id_ = None if role in absent else thing_of(reading, thing, row, found, names)
        if id_ is not None:
            found[role] = id_
    if kind.main in absent and kind.things[kind.main].label == "Person":
        reading.draft.said += 1  # 空缺: nobody holds the post, which is something said
        return
    contrary = contradicted(reading, row, absent)
    absent = [role for role in absent if role not in contrary]
    reading.rows[len(reading.draft.spots) - 1] = Mentioned(found, frozenset(absent))
    if kind.main not in found:
        zh = kind.shown(f"{kind.main}.name")
        bad = BadCell(f"这一行没有可用的“{zh}”，无法导入", f"the row has no usable {kind.main}")
        label = kind.things[kind.main].label
        reading.draft.say(bad, *(reading.draft.column(f"{label}.name") or (None, zh)))
        return
    # What is the community's own is nobody's without it, and whoever is in it would be nowhere.
    homes = [kind.things[kind.main].within] if kind.things[kind.main].label in PLACED else []
    homes += [thing.of for thing in kind.things.values() if thing.always]
    home = next((role for role in homes if role not in found), None)
    if home is not None and f"{home}.name" not in row:
        bad = BadCell(
            "这一行没有社区；请补上，全表同一社区的可加一列“社区”（命令行 --constant 社区=名称）",
            "the row has no community",
        )
        reading.draft.say(bad, None, kind.shown(f"{home}.name"))
    ties = ties_of(reading, row)
    hold_turn(reading, row, found, ties)
    for edge in kind.edges:
        start, end = found.get(edge["from"]), found.get(edge["to"])
        if kind.turns is not None and edge.get("called") == kind.turns.tie:
            continue  # once all rows are read
        if start is not None and end is not None and start != end:
            said = edge.get("set", {}) | ties.get(edge.get("called", ""), {})
            reading.draft.edge(edge["type"], start, end, edge.get("key", ""), **said)
    add_posts(reading, row, found, ties.get(POSTS, {}))
    add_roles(reading, row, found, ties.get(POSTS, {}))
    for role in absent:
        thing = kind.things[role]
        if thing.register is not None:
            reading.close(found.get(thing.at or thing.of or kind.main), thing.register)
    for subject in reading.complete - {kind.things[role].register for role in contrary}:
        for role in kind.complete.get(subject, ()):
            reading.close(found.get(role), subject)
