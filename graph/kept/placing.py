"""In which areas a row counts: by the places that the columns of `@places` name.

A file that is asked for an area gives the rows whose subject lies there. So a row found for the whole
counts in every area of its places: what one file answers for the whole, cut by area, is what
it answers for the area (`tests/reading/findings/test_cut.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.kept.file import PlacedBy
from graph.kept.unit import Row

Places = Mapping[str, Sequence[str]]
"""By subject the places in which it lies."""
AREAS = "places_in_areas"
"""The file that says in which areas a place is."""
MANY = 5_000
"""Subjects that may lie elsewhere than in the table from which the next ones are made."""


class Placing:
    """Where subjects lie on one day of one state of the data, by the files that say so."""

    def __init__(self, places: Mapping[str, Places]) -> None:
        """`places`: what each file under `scopes/` says (`gathered`), `AREAS` among them."""
        self._places = places
        self._areas = places[AREAS]
        self._known: dict[frozenset[str], tuple[str, ...]] = {}

    def moved(self, placed_by: PlacedBy, before: Placing) -> set[str]:
        """The things by which rows of a file are placed that lie elsewhere than they did."""
        areas = _differing(self._areas, before._areas)
        found = set(areas)
        for name in {scope for _, scope in placed_by if scope not in (None, AREAS)}:
            found |= _differing(self._places[name], before._places[name])
            if areas:
                found |= {s for s, places in self._places[name].items() if not areas.isdisjoint(places)}
        return found

    def areas_of(self, placed_by: PlacedBy, rows: Iterable[Row]) -> list[tuple[str, ...]]:
        """For each row of a file the areas in which it counts, by id."""
        columns = [column for column, _ in placed_by]
        known: dict[Any, tuple[str, ...]] = {}
        found = []
        for row in rows:
            named = row[columns[0]] if len(columns) == 1 else tuple([row[column] for column in columns])
            areas = known.get(named)
            if areas is None:
                areas = known[named] = self._above(frozenset(self._named(placed_by, row)))
            found.append(areas)
        return found

    def above_of(self, placed_by: PlacedBy, subjects: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """For each thing by which rows of a file are placed, the areas in which it lies."""
        for subject in subjects:
            yield self._above(frozenset(self._of(placed_by, subject)))

    def _of(self, placed_by: PlacedBy, subject: str) -> Iterator[str]:
        for _, scope in placed_by:
            yield from (subject,) if scope is None else self._places[scope].get(subject, ())

    def _named(self, placed_by: PlacedBy, row: Row) -> Iterable[str]:
        """The quarters, grids and areas in which a row lies."""
        for column, scope in placed_by:
            value = row[column]
            if value is None:
                continue
            subject = value.partition("#")[0]
            yield from (subject,) if scope is None else self._places[scope].get(subject, ())

    def _above(self, places: frozenset[str]) -> tuple[str, ...]:
        if places not in self._known:
            found = {area for place in places for area in self._areas.get(place, ())}
            self._known[places] = tuple(sorted(found))
        return self._known[places]


def _differing(one: Places, other: Places) -> set[str]:
    """The subjects that lie elsewhere: of two that were made of the same, only what changed is looked at."""
    if one is other:
        return set()
    base, changed = _parts_of(one)
    base_then, changed_then = _parts_of(other)
    keys = changed.keys() | changed_then.keys() if base is base_then else one.keys() | other.keys()
    return {key for key in keys if one.get(key) != other.get(key)}


def _parts_of(places: Places) -> tuple[Places, Places]:
    return (places.base, places.changed) if isinstance(places, ChangedPlaces) else (places, {})


class ChangedPlaces(Mapping[str, Sequence[str]]):
    """Where subjects lie now: as they lay, but for some. It costs what changed, not what there is."""

    def __init__(self, before: Places, changed: Mapping[str, Sequence[str]]) -> None:
        """`changed` has nothing where a subject lies nowhere any more."""
        base, already = _parts_of(before)
        self.base = base
        self.changed = {**already, **changed}

    def __getitem__(self, subject: str) -> Sequence[str]:
        found = self.changed.get(subject)
        if found is None:
            return self.base[subject]
        if not found:
            raise KeyError(subject)
        return found

    def __iter__(self) -> Iterator[str]:
        yield from (subject for subject in self.base if subject not in self.changed)
        yield from (subject for subject, places in self.changed.items() if places)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def changed_places(before: Places, ids: Collection[str], rows: Iterable[Row]) -> Places:
    """Where subjects lie, where `rows` say it of these ids; made anew where many of them changed."""
    found = {**dict.fromkeys(ids, ()), **gathered(rows)}
    made = ChangedPlaces(before, found)
    return made if len(made.changed) < MANY else dict(made)


def gathered(rows: Iterable[Row], known_id: Callable[[str], str] = str) -> dict[str, Sequence[str]]:
    """By subject its places, from the rows (subject, place) of a file under `scopes/`.

    Those that lie in the same places share what says so, and with `known_id` ids are shared by all who keep
    them: of a million persons each is a third of the memory.
    """
    found: dict[str, Sequence[str]] = {}
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows:
        subject = row["subject"]
        places = (*found.get(subject, ()), row["place"])
        found[known_id(subject)] = known.setdefault(places, places)
    return found
