"""One row becomes several nodes and edges: the things of its kind, their ties, posts and closed lists."""

from __future__ import annotations

import re
from collections import defaultdict

from graph.loading.cells import BadCell
from graph.loading.findings import Finding
from graph.loading.register.absence import absent_things, is_said
from graph.loading.register.areas import area_of, community_of_title
from graph.loading.register.body import body_rows, group_of
from graph.loading.register.columns import name_columns, name_others
from graph.loading.register.contrary import contradicted
from graph.loading.register.dated import POSTS, ties_of, with_terms
from graph.loading.register.doubts import is_several, refuse_lines, warn_of_another, with_numbers
from graph.loading.register.employment import with_employment
from graph.loading.register.headings import DROP, SKIP, HeadingProposal, cell_at
from graph.loading.register.kinds import Thing
from graph.loading.register.likeness import clean
from graph.loading.register.organizations import (
    area_of_own,
    community_of,
    quarter_of,
    streets_named,
    tie_superiors,
    words_of,
)
from graph.loading.register.parts import parts_of
from graph.loading.register.people import add_posts, add_roles, person_of
from graph.loading.register.properties import properties_of
from graph.loading.register.reading import Mentioned, Reading, Row, Said
from graph.loading.register.turns import hold_turn, settle_turns, turns_in_cell
from graph.loading.register.values import CROSSED, NO_DAY, is_unknown, plain, refers_elsewhere
from graph.model import NODES
from graph.private import FREE

PLACED = {"Quarter", "Grid"}
"""What lies in a community, always."""
COMMUNITY = "community.name"
CONSTANT = "constants"
"""The heading of what the form says of every row whose cell does not."""


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
    absent = absent_things(reading, row)
    for role, thing in kind.things.items():
        id_ = None if role in absent else _thing(reading, thing, row, found, names)
        if id_ is not None:
            found[role] = id_
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


def _thing(
    reading: Reading, thing: Thing, row: Row, found: dict[str, str], names: defaultdict[str, str]
) -> str | None:
    begin = f"{thing.role}."
    said = {name.removeprefix(begin): cells[0] for name, cells in row.items() if name.startswith(begin)}
    own, number = said.pop("name", None), said.pop("number", None)
    named = clean(str(own.text)) if own is not None else ""
    if thing.label == "Area":
        return _area(reading, thing, row, found, names)
    if thing.label == "Person":
        person = person_of(reading, thing, own, number, found)
        if person is not None:
            reading.draft.node(person[0], {"name": person[1], **properties_of(reading, thing, said)})
        return person[0] if person else None
    if thing.later:
        if named and reading.kind.main in found:
            reading.later.append((len(reading.draft.spots) - 1, thing, found[reading.kind.main], named))
        return None
    # 是否备案 × alone does not say that there is a committee, nor does a remark.
    some = any(is_said(cell) for name, cell in said.items() if name not in FREE)
    there = bool(some or named or thing.always or thing.beside in found)
    owned = thing.of is None or thing.of in found
    if not there and thing.name:
        _tell_unread(reading, thing, said)
    if not there or not owned or not (named or thing.name) or is_several(reading, thing, own):
        return None
    # The committee of a village is one of villagers; a 新村 is mostly a housing estate.
    made = re.sub(r"(?<!新)村居民委员会", "村村民委员会", str(thing.name).format_map(names))
    names[thing.role] = named or made
    home = found.get(thing.within or "", "")
    areas = (home, found.get("street"), reading.place.id, *streets_named(reading, thing, names[thing.role]))
    own_of = area_of_own(reading, thing, names[thing.role], areas)
    if thing.of is not None:
        id_ = reading.ids.only(thing.label, found[thing.of])
    elif own_of is not None:
        id_ = reading.ids.only(thing.label, own_of)
        reading.draft.edge("COVERS", id_, own_of)
    else:
        place = found.get(thing.within or "", reading.place.id[:6])
        text = str(number.text) if number else None
        at, wherever = found.get(thing.at or ""), thing.guess and thing.at is None and not home
        id_ = reading.ids.thing(thing.label, place, names[thing.role], text, at=at, wherever=wherever)
    warn_of_another(reading, thing, id_, own)
    refuse_lines(reading, id_, number)
    values = {"name": names[thing.role]} | ({} if named else {"named": "false"})
    if (thing.beside is None or thing.beside in found) and own_of is None:
        values |= {key: str(value) for key, value in thing.set.items()}
    if thing.guess and thing.at is None and (quarter := quarter_of(reading, names[thing.role], home)):
        reading.ids.by_name.add(quarter)
        reading.draft.edge("COVERS", id_, quarter)
        values.setdefault("level", "quarter")
    _add(reading, thing, id_, values, said)
    return id_


def _area(
    reading: Reading, thing: Thing, row: Row, found: dict[str, str], names: defaultdict[str, str]
) -> str | None:
    own = next(iter(row.get(f"{thing.role}.name", ())), None)
    named = clean(str(own.text)) if own is not None else ""
    id_ = area_of(reading, thing, named, own, found)
    if id_ is None and own is None and thing.role == "community":
        above = reading.ids.known.areas.get(found.get(thing.within or "", ""), reading.place)
        id_ = community_of(reading, row, above)
    names[thing.role] = named or reading.ids.known.names.get(id_ or "", reading.place.name)
    if thing.role == "community":
        reading.home = names[thing.role] if id_ is not None else ""
    return id_


def _tell_unread(reading: Reading, thing: Thing, said: dict[str, Said]) -> None:
    for name in FREE & said.keys():
        zh = f"这一行没有{NODES[thing.label].zh}，此格未读"
        bad = BadCell(zh, f"the row has no {thing.role}: not read", str(said[name].text))
        reading.draft.say(bad, said[name].index, said[name].heading, "warning")


def _add(reading: Reading, thing: Thing, id_: str, values: dict[str, str], said: dict[str, Said]) -> None:
    """A thing with what the row says of it; one of another source only where it says anything."""
    values |= properties_of(reading, thing, said)
    another = reading.ids.known.sources.get(id_, reading.source) != reading.source
    if another and not values.keys() - {"name", "named", *thing.set}:
        return
    if thing.guess:
        name = values["name"]
        if "named" in values:
            # Who has a column 支部书记, and none for the name, has a branch.
            branch = (c.heading for c in said.values() if "支部" in c.heading and "总支" not in c.heading)
            name = next(branch, "")
        usual = {n: v for n, v in values.items() if n in said and said[n].heading == CONSTANT}
        guessed = words_of(name)
        if words_of(f"{reading.home}{name}").get("level") == "community":
            guessed = {"level": "community"} | guessed
        values = usual | guessed | {n: v for n, v in values.items() if n not in usual}
        if "level" not in values and not another:
            if id_ in reading.unplaced:
                return
            reading.unplaced.add(id_)
            zh = f"看不出“{values['name']}”是哪一级的党组织；请加一列“所属级别”，"
            zh += "填小区级、社区、街道等（命令行 --constant 所属级别=小区级）"
            en = "whose organization is it? add a column 所属级别, or --constant 所属级别=小区级"
            reading.draft.say(BadCell(zh, en), None, "所属级别")
            return
    reading.draft.node(id_, values)
