"""A place as a whole: its delivery, its own questions with live answers, its published figures.

The questions of a documented place are kept beside its data in `questions.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.data_files import data_folder
from graph.reading.answer import Answer
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reading.open_dates import with_known_starts
from graph.reading.places import Place
from graph.reading.shapes import PlaceQuestionShape, PlaceRow, PlaceShape


@dataclass(frozen=True)
class PlaceQuestion:
    """One question of a place: a catalogue query with parameters, and what it must give back.

    Every mapping in `expect` has to equal one row of the answer on the columns it names; a column
    of `{has = [words]}` has to hold each word, in its text or in its list. `rows` is the exact
    number of rows, where that matters.
    """

    zh: str
    en: str
    query: str
    params: Mapping[str, Any] = field(default_factory=dict)
    expect: tuple[Mapping[str, Any], ...] = ()
    rows: int | None = None
    quote: str = ""


def read_questions(place: str, folder: Path | None = None) -> list[PlaceQuestion]:
    """The questions of a place, by the name of its folder; none if it has no such file."""
    path = (folder or data_folder("seed_data")) / place / "questions.toml"
    if not path.is_file():
        return []
    found = tomllib.loads(path.read_text("utf-8"))["question"]
    return [PlaceQuestion(**{**q, "expect": tuple(q.get("expect", ()))}) for q in found]


async def describe_place(graph: Graph, place: Place, *, as_of: date | None = None) -> Answer[PlaceShape]:
    """The place's delivery and claims, and its own questions answered now from the graph.

    Questions are about all of a place: a caller limited to a part of it does not get them.
    """
    day = graph.day(as_of)
    claims = await graph.ask(graph.catalogue["claims"], {"area": place.area, "as_of": day})
    answered: list[PlaceQuestionShape] = []
    for question in read_questions(place.name) if await _whole(graph, place, day) else ():
        query = graph.catalogue[question.query]
        if not graph.viewer.gives(query.header.tells):
            continue
        names = {p.name for p in query.parameters}
        shared = {"as_of": day} if "as_of" in names else {}
        answer = await graph.ask(query, {**shared, **question.params})
        answered.append(
            {
                "zh": question.zh,
                "en": question.en,
                "query": question.query,
                "params": dict(question.params),
                "quote": question.quote,
                "rows": with_known_starts(answer.data),
            }
        )
    data: PlaceShape = {**place_row(place), "claims": claims.data, "questions": answered}
    return Answer(data, claims.stamp)


async def _whole(graph: Graph, place: Place, day: date) -> bool:
    if graph.viewer.area is None:
        return True
    return place.area in (await read_areas(graph, day)).below(graph.viewer.area)


def place_row(place: Place) -> PlaceRow:
    """A place as one row of the list of places."""
    return {
        "name": place.name,
        "name_zh": place.name_zh,
        "area": place.area,
        "profile": place.profile,
        "synthetic": place.synthetic,
        "source": place.load.get("source"),
        "batch": place.load.get("batch"),
        "delivered_on": place.load.get("delivered_on"),
        "loaded_at": place.load.get("loaded_at"),
        "nodes": place.load.get("nodes"),
        "edges": place.load.get("edges"),
    }
