"""Term after term of one committee: rows of 第一届 and 第二届 are its history, and the last one its present.

What the rows of earlier terms say of the committee is over; who sat in them, and not in the next, has left.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from graph.loading.register.kinds import Thing
from graph.loading.register.reading import Reading
from graph.model.precision import MARKS, bounds_of, last_of, precision_of

Values = dict[str, str]
_ELECTED, _UNTIL = "elected_on", "term_until"
_SLACK = timedelta(days=92)
"""So long before its end a term may be followed by the next election."""


def hold_sitting(reading: Reading, thing: Thing, id_: str, values: Values) -> None:
    """Add a thing; of a body that has terms what a row says waits until all rows are read."""
    if thing.role != reading.kind.sittings:
        reading.draft.node(id_, values)
        return
    reading.term = values.get(_ELECTED, "")
    if not any(values == said for _, said in reading.sittings[id_]):
        reading.sittings[id_].append((len(reading.draft.spots) - 1, values))
        reading.draft.said += 1


def settle_sittings(reading: Reading) -> None:
    """Once all rows are read: of each body the last term is what it is now."""
    for body, rows in reading.sittings.items():
        terms = _terms(rows)
        last = terms[-1] if terms else None
        for spot, values in rows:
            if last is None or values.get(_ELECTED, last[_ELECTED]) == last[_ELECTED]:
                reading.draft.spots.append(reading.draft.spots[spot])
                reading.draft.node(body, values)
        if last is not None:
            _date_posts(reading, body, rows, terms)


def _terms(rows: list[tuple[int, Values]]) -> list[Values]:
    """The terms by their elections, each over by the next; none where rows do not say several."""
    found: dict[str, Values] = {}
    for _, values in rows:
        if _ELECTED in values and (_UNTIL in values or values[_ELECTED] not in found):
            found[values[_ELECTED]] = values
    terms = [found[day] for day in sorted(found)]
    over = all(_is_over(one, following) for one, following in pairwise(terms))
    return terms if len(terms) > 1 and over else []


def _is_over(term: Values, following: Values) -> bool:
    if _UNTIL not in term:
        return False
    end = bounds_of({_UNTIL: date.fromisoformat(term[_UNTIL]), MARKS: _marks(term)}, _UNTIL)[0]
    begin = date.fromisoformat(following[_ELECTED])
    return end - _SLACK <= last_of(begin, precision_of({MARKS: _marks(following)}, _ELECTED))


def _date_posts(reading: Reading, body: str, rows: list[tuple[int, Values]], terms: list[Values]) -> None:
    """Since the election of the first term in which somebody was in a post, until the first without."""
    days = [term[_ELECTED] for term in terms]
    of_spot = {spot: days.index(values.get(_ELECTED, days[-1])) for spot, values in rows}
    held: dict[tuple[str, str], set[int]] = {}
    for spot, person, of, post in reading.posts:
        if of == body:
            held.setdefault((person, post), set()).add(_term_at(of_spot, spot))
    for (person, post), sat in held.items():
        said = reading.draft.edges["HOLDS_POST", person, body, post].values
        first, last = terms[min(sat)], terms[max(sat)]
        ends = {} if max(sat) == len(terms) - 1 else {"until": min(last[_UNTIL], days[max(sat) + 1])}
        precise = {"since": precision_of({MARKS: _marks(first)}, _ELECTED)}
        if ends and ends["until"] == last[_UNTIL]:
            precise["until"] = precision_of({MARKS: _marks(last)}, _UNTIL)
        new = {name: day for name, day in ({"since": first[_ELECTED]} | ends).items() if name not in said}
        marks = [f"{name}:{precise[name]}" for name in new if precise.get(name, "day") != "day"]
        more = {MARKS: ";".join(marks)} if marks else {}
        reading.draft.edge("HOLDS_POST", person, body, post, **new, **more)


def _term_at(of_spot: dict[int, int], spot: int) -> int:
    """The term of a row; rows of members that say nothing new of the committee are of the term above them."""
    return of_spot[max((known for known in of_spot if known <= spot), default=min(of_spot))]


def _marks(values: Values) -> list[str]:
    return values.get(MARKS, "").split(";")
