"""The persons of a row, and the posts that they hold in its bodies."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain

from graph.loading.cells import BadCell
from graph.loading.register.kinds import Thing, post_words
from graph.loading.register.likeness import clean, same_name
from graph.loading.register.names import Named, portfolio_of, read_names, read_post
from graph.loading.register.reading import Reading, Row, Said
from graph.loading.register.shown import letters
from graph.loading.register.terms import days_beside, has_left, refuse_over
from graph.loading.register.values import is_absent, plain
from graph.model import label_of

HIGHER = {"chair", "vice_chair", "secretary", "deputy_secretary", "director", "deputy_director"}
"""Posts whose holders are members of the same body without a post of their own for that."""
PLAIN = {"member", "committee_member"}
NO_POSTS = {"", "党员", "群众"}


def person_of(
    reading: Reading, thing: Thing, name: Said | None, number: Said | None, found: dict[str, str]
) -> tuple[str, str] | None:
    """Id and name of the one person whose row it is."""
    if name is None:
        return None
    try:
        named = read_names(str(name.text), reading.form.split, thing.label)
    except BadCell as bad:
        reading.bad(bad, name)
        return None
    if len(named) != 1:
        reading.refuse(name, "一行应为一人", "expected one person a row")
        return None
    person = named[0].name
    # In a row of one person the days of posts have columns of their own.
    unread = [replace(one, aside="任期") if one.term and one.aside is None else one for one in named]
    _warn_of_asides(reading, unread, name)
    bodies = [found[role] for role in thing.bodies if role in found] or [reading.place.id]
    mark = same_name("Person", person), bodies[0], reading.term
    if number is None and mark in reading.people:
        zh, en = "同一组织里有两行同名；请加一列编号以区分", "twice in one body: tell them apart by a number"
        reading.refuse(name, zh, en)
    reading.people.add(mark)
    home = found.get("community", "")
    no = str(number.text) if number else None
    id_ = reading.ids.person(person, bodies, no, home, _where(reading, name))
    if number is not None and id_ in reading.ids.same_number:
        reading.ids.same_number.discard(id_)
        zh, en = "另一人也是这个编号，姓名不同", "somebody of another name has this number"
        reading.refuse(number, zh, en)
    _warn_of_namesakes(reading, id_, name)
    return id_, person


def _where(reading: Reading, cell: Said) -> str:
    """Where a name stands, for a question that does not say the name: 备案表.xlsx［Sheet1］D7 主任."""
    spot = reading.draft.spots[-1]
    return f"{reading.draft.file}［{spot.sheet}］{letters(max(cell.index, 0))}{spot.row} {cell.heading}"


def _warn_of_namesakes(reading: Reading, id_: str, cell: Said) -> None:
    """Two of one name in one community are two here, and often one: the cross appointments hang on it."""
    if others := reading.ids.alike.pop(id_, None):
        zh = f"{id_} 与同一社区的 {'、'.join(others)} 同名；是同一人的，勾选“同一社区同名的按同一人”"
        zh += "（命令行 --same-names）；已导入的请合并（cobuild merge）"
        en = f"{id_} has the name of {', '.join(others)} in the community: if they are one, say so by "
        en += "--same-names; those that are loaded are merged by cobuild merge"
        reading.draft.say(BadCell(zh, en), cell.index, cell.heading, "warning")


def _warn_of_asides(reading: Reading, people: list[Named], cell: Said) -> None:
    """陈小明（预备） is a name, and something that is read in a column of its own only."""
    if said := [person.aside for person in people if person.aside is not None]:
        zh = f"括号里的“{'、'.join(said)}”没有读入；需要的请写到相应的列"
        en = "what stands in brackets is not read: write it in a column of its own"
        reading.draft.say(BadCell(zh, en), cell.index, cell.heading, "warning")


def add_posts(reading: Reading, row: Row, found: dict[str, str], dated: dict[str, str]) -> None:
    """Names in the columns of posts; one name in a row is one person. `dated`: the days of posts."""
    kind, held = reading.kind, defaultdict[str, list[tuple[str, str, Named, Said, str]]](list)
    for name, cells in row.items():
        role, _, post = name.partition(".post.")
        for cell in cells if post else ():
            try:
                people = read_names(str(cell.text), reading.form.split, reading.kind.things[role].label)
            except BadCell as bad:
                reading.bad(bad, cell)
                continue
            if people and role not in found:
                nobody = BadCell("这一行没有这一组织，却有姓名", "names, where the row has no such body")
                reading.bad(nobody, cell)
                continue
            _warn_of_asides(reading, people, cell)
            if refuse_over(reading, people, cell):
                continue
            for nth, person in enumerate(people, start=1):
                where = _where(reading, cell) + (f" 第 {nth} 人" if len(people) > 1 else "")
                mention = found[role], person.post or post, person, cell, where
                held[same_name("Person", person.name)].append(mention)
    sitting = defaultdict[tuple[str, str], list[Named]](list)
    for body, post, named, *_ in chain(*held.values()):
        sitting[body, post].append(named)
    for posts in held.values():
        first = posts[0][2].name
        home = found.get("community", "")
        id_ = reading.ids.person(first, sorted({body for body, *_ in posts}), home=home, said=posts[0][4])
        _warn_of_namesakes(reading, id_, posts[0][3])
        reading.draft.node(id_, {"name": first})
        leads = {b for b, post, named, *_ in posts if post in HIGHER and not has_left(reading, named)}
        for body, post, named, cell, *_ in posts:
            if not (post in PLAIN and body in leads):
                reading.posts.append((len(reading.draft.spots) - 1, id_, body, post))
                days = (dated if post in kind.dated else {}) | days_beside(
                    reading, named, sitting[body, post]
                )
                standing = reading.draft.edges.get(("HOLDS_POST", id_, body, post))
                charge = named.portfolio or portfolio_of(cell.heading.rpartition("/")[2])
                # Of two portfolios of one post the first is kept.
                if charge is not None and (standing is None or "portfolio" not in standing.values):
                    days["portfolio"] = charge
                reading.draft.edge("HOLDS_POST", id_, body, post, **days)


def add_roles(reading: Reading, row: Row, found: dict[str, str], dated: dict[str, str]) -> None:
    """Words for posts in a row of one person: of the column's body, or of whichever has such a post."""
    person = found.get("person")
    for name, cells in row.items():
        role = name.removesuffix(".role")
        if role == name or person is None:
            continue
        bodies = [found[r] for r in reading.kind.things if r in found and role in (r, "person")]
        for cell in cells:
            held = _Held(reading, cell, person, bodies, dated)
            for words in re.split(f"[{re.escape(reading.form.split)}]", str(cell.text)):
                for word in () if _is_none(words) else _at_once(words, bodies):
                    held.take(word)
            held.put()


def _is_none(words: str) -> bool:
    return plain(words) in NO_POSTS or is_absent(words)


def _at_once(words: str, bodies: list[str]) -> list[str]:
    """书记兼主任 is two posts; 兼职委员 is one."""
    if any(plain(words) in post_words(label_of(body)) for body in bodies):
        return [words]
    # 支部书记（兼） is one as well: what is said of it stands in brackets.
    parts = re.split("兼任?(?![^（(]*[)）])", words)
    return parts if all(parts) else [words]


@dataclass
class _Held:
    """The posts that a cell says of one person; two portfolios of one post are one post."""

    reading: Reading
    cell: Said
    person: str
    bodies: list[str]
    dated: dict[str, str]
    posts: dict[tuple[str, str], list[tuple[str, str | None]]] = field(default_factory=dict)

    def take(self, word: str) -> None:
        """A word for a post, in whichever body has such a one."""
        last = BadCell("这一行没有可任职的组织", "no body in this row", word)
        for body in self.bodies:
            try:
                post, portfolio = read_post(word, label_of(body))
            except BadCell as bad:
                last = bad if label_of(body) not in ("Area", "Person") else last
                continue
            self.posts.setdefault((body, post), []).append((clean(word), portfolio))
            return
        every = "、".join(dict.fromkeys(w for body in self.bodies for w in post_words(label_of(body))))
        if len(self.bodies) > 1 and every:
            last = BadCell(f"不是这里的职务；可写：{every}", f"expected one of: {every}", word)
        self.reading.bad(last, self.cell)

    def put(self) -> None:
        """Each post with its title; of 组织委员、宣传委员 the title has both, the portfolio is the first."""
        for (body, post), said in self.posts.items():
            portfolios = [portfolio for _, portfolio in said if portfolio is not None]
            more = {"portfolio": portfolios[0]} if portfolios else {}
            title = "、".join(dict.fromkeys(word for word, _ in said))
            self.reading.posts.append((len(self.reading.draft.spots) - 1, self.person, body, post))
            self.reading.draft.edge("HOLDS_POST", self.person, body, post, title=title, **more, **self.dated)
