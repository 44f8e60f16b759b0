"""One thing of a row: found or given its id, and put into the draft with what the row says of it."""

from __future__ import annotations

import re
from collections import defaultdict

from graph.loading.cells import BadCell
from graph.loading.register.absence import is_said
from graph.loading.register.areas import area_of
from graph.loading.register.doubts import is_several, refuse_lines, warn_of_another
from graph.loading.register.kinds import Thing, option_words
from graph.loading.register.likeness import clean
from graph.loading.register.organizations import (
    area_of_own,
    community_of,
    quarter_of,
    streets_named,
    words_of,
)
from graph.loading.register.people import person_of
from graph.loading.register.properties import properties_of
from graph.loading.register.reading import CONSTANT, Reading, Row, Said
from graph.loading.register.sittings import hold_sitting
from graph.model import NODES
from graph.private import FREE


def thing_of(
    reading: Reading, thing: Thing, row: Row, found: dict[str, str], names: defaultdict[str, str]
) -> str | None:
    """The id of a thing that the row speaks of; None where it does not. `found` and `names` are by role."""
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
        values |= {key: _kind_of(thing, key, named) or str(value) for key, value in thing.set.items()}
    if thing.guess and thing.at is None and (quarter := quarter_of(reading, names[thing.role], home)):
        reading.ids.by_name.add(quarter)
        reading.draft.edge("COVERS", id_, quarter)
        values.setdefault("level", "quarter")
    _add(reading, thing, id_, values, said)
    return id_


def _kind_of(thing: Thing, key: str, name: str) -> str | None:
    """The kind that a name says: a 物业管理委员会 is none of owners."""
    column = thing.properties[key]
    if key != "kind" or column.vocabulary is None:
        return None
    words = {term.zh: term.value for term in column.vocabulary} | option_words(column)
    said = max((word for word in words if word in name), key=len, default=None)
    return words[said] if said is not None else None


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
            index, heading = reading.draft.column(f"{thing.label}.name") or (None, "所属级别")
            reading.draft.say(BadCell(zh, en), index, heading)
            return
    hold_sitting(reading, thing, id_, values)
