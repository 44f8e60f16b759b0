"""How files ask where a place lies: by WITHIN, and everywhere in the same words.

Rules, dimensions and candidates all ask for the subjects in an area, for the lowest area of a
subject and for the registers that count there. Each walk written out once more is a chance to be
subtly wrong that no test of one file sees, so any other form is refused when the catalogue is
loaded. The forms are described in docs/catalogue.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.headers import HeaderProblem

FOLDERS = frozenset({"rules", "coverage", "candidates"})
COUNTED = frozenset({"need_without_resource_path", "resource_match"})
"""Files that walk PART_OF because the steps themselves count: a resource two levels up is farther."""

_COMMENT = re.compile(r"//[^\n]*")
_WALK = re.compile(r"PART_OF\*(?P<bounds>[0-9.]*)\](?P<end>->\(\w*:Area)?")
_FROM_AREA = re.compile(r"\(\w*:Area[^()]*\)<-\[\w*:PART_OF\*")
_SHORT = frozenset({"0..1", "0..4", "1..4"})
"""From a building or grid to its quarter; four steps are more than any has."""
_LEVELS = re.compile(r"WHEN 'community' THEN '?0")
_WITHIN = re.compile(r"(?P<edge>\[[^\[\]]*\bWITHIN\b[^\[\]]*\])(?P<to>->\((?P<name>\w*)[^()]*\))?")
_EDGES = frozenset({"[w:WITHIN]", "[w:WITHIN*0..1]"})
_CLAUSE_END = re.compile(r"\b(?:RETURN|WITH|UNWIND|UNION|OPTIONAL)\b|\bMATCH\b")
_DAY = "w.since <= $as_of < w.until"
_DAY_OF_LIST = re.compile(r"all\(e IN [^()]*\bw\b[^()]* WHERE e\.since <= \$as_of < e\.until\)")
_ABOVE = (
    "RETURN a ORDER BY w.height, a.id }",
    "WITH DISTINCT a, w.height AS height RETURN a ORDER BY height, a.id }",
    "RETURN toString(w.height) + a.id ORDER BY w.height, a.id LIMIT 1 }",
)
"""The areas that a place, or several, are in, lowest first; the key of the lowest."""
_KEYS = re.compile(r"->\(a\)\s+WHERE w\.since <= \$as_of < w\.until\s+\| toString\(w\.height\) \+ a\.id\s*\]")
"""The same keys as a list, in no order: the least of them is that of the lowest."""
_REGISTER = re.compile(r"(?<=-)\[\w:COMPLETE_IN(?: \{subject: '\w+'\})?\]->\(:SourceDocument\)")


def place_problems(name: str, folder: str, text: str) -> list[HeaderProblem]:
    """What a file says of places in other words than all the others, with its lines."""
    if folder not in FOLDERS:
        return []
    code = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    found = [*_walks(name, code), *_within(code), *_registers(code)]
    return [HeaderProblem(code.count("\n", 0, at) + 1, what) for at, what in sorted(found)]


def _walks(name: str, code: str) -> Iterator[tuple[int, str]]:
    for walk in _WALK.finditer(code):
        if name not in COUNTED and (
            walk["bounds"] not in _SHORT or (walk["end"] and walk["bounds"] != "0..1")
        ):
            yield walk.start(), "walks PART_OF to an area: ask WITHIN"
    for walk in _FROM_AREA.finditer(code):
        yield walk.start(), "walks PART_OF down from an area: begin with (:Area {id: $area})<-[w:WITHIN]-"
    if name not in COUNTED:
        for levels in _LEVELS.finditer(code):
            yield levels.start(), "orders levels by itself: WITHIN has the height of the area"


def _within(code: str) -> Iterator[tuple[int, str]]:
    for asked in _WITHIN.finditer(code):
        if asked["edge"] not in _EDGES:
            yield asked.start(), f"expected [w:WITHIN] or [w:WITHIN*0..1], not {asked['edge']}"
            continue
        end = _CLAUSE_END.search(code, asked.end())
        clause = " ".join(code[asked.end() : end.start() if end else None].split())
        many = asked["edge"] != "[w:WITHIN]"
        if _KEYS.match(code, asked.end("edge")):
            continue
        if not (_DAY_OF_LIST.search(clause) or (not many and _DAY in clause)):
            yield asked.start(), f"WITHIN without its day: expected {_DAY}"
        elif asked["name"] == "a" and end is not None:
            rest = " ".join(code[end.start() : end.start() + 300].split())
            if not rest.startswith(_ABOVE):
                yield asked.start(), f"expected the areas as {_ABOVE[0]!r} or the like, lowest first"


def _registers(code: str) -> Iterator[tuple[int, str]]:
    for word in re.finditer(r"\bCOMPLETE_IN\b", code):
        start = code.rfind("[", 0, word.start())
        if not _REGISTER.match(code, start):
            yield word.start(), "expected -[k:COMPLETE_IN {subject: '…'}]->(:SourceDocument)"
