"""Counts for which the embedded engine takes the number of a node's edges; see `forms`.

It does so for one edge between two nodes, and passes over what else the pattern says of them. Each
finder gives the index of the token to point at, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.reading.adhoc.outline import Clause, Outline, ReturnItem, Span
from graph.reading.adhoc.patterns import Path, matched_paths
from graph.reading.adhoc.projections import AGGREGATES
from graph.reading.adhoc.scope import QueryReading

_CUTS = ("WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT")
"""Behind a WITH they keep the engine from counting so."""
_OTHERS = ("OPTIONAL MATCH", "WITH", "UNWIND", "LET", "FILTER")
"""Beside a MATCH they keep the engine from counting so for RETURN."""
_CALL = 4
"""Tokens of `count(x)`."""
_ENDS = 2
_HOPS = 2
"""OPTIONAL MATCH in a row for which the engine still counts so."""


def optional_match(outline: Outline, reading: QueryReading) -> int | None:
    """OPTIONAL MATCH with a label, a condition on the edge or a negated type, then WITH and a count."""
    for clauses in outline.queries(outline.whole):
        for number, clause in enumerate(clauses):
            cut = number + 1 < len(clauses) and clauses[number + 1].word in _CUTS
            counted = None if clause.word != "WITH" or cut else _counted(outline, outline.items(clause))
            if counted is None or not all(_plain(i) for i in outline.items(clause) if i != counted):
                continue
            keys = {outline.tokens[i.span[0]].text for i in outline.items(clause) if i != counted}
            name = outline.tokens[counted.span[0] + 2].text
            paths = _reached(_optional_before(outline, clauses[:number]), name, keys)
            if any(where or _limited(outline, path) for path, where in paths):
                return counted.span[0]
    return None


def same_node(outline: Outline, reading: QueryReading) -> int | None:
    """MATCH of an edge from a node to itself, then RETURN with a count for each of something."""
    return _of_one_edge(outline, lambda path, between: _closed(path))


def conditioned_edge(outline: Outline, reading: QueryReading) -> int | None:
    """MATCH of one edge with WHERE in its brackets or a negated type, then RETURN as in `same_node`."""
    return _of_one_edge(outline, lambda path, between: _conditioned(outline, path))


def called_between(outline: Outline, reading: QueryReading) -> int | None:
    """MATCH of one edge, CALL, then RETURN as in `same_node`: how many rows CALL gives is lost."""
    return _of_one_edge(outline, lambda path, between: bool(between & {"CALL", "OPTIONAL CALL"}))


def _of_one_edge(outline: Outline, lost: Callable[[Path, set[str]], bool]) -> int | None:
    """Where RETURN counts, if something is lost: it depends on the path and the clauses between."""
    for clauses in outline.queries(outline.whole):
        words = [c.word for c in clauses]
        if words.count("MATCH") != 1 or "RETURN" not in words or set(words) & set(_OTHERS):
            continue
        match, result = words.index("MATCH"), words.index("RETURN")
        items = outline.items(clauses[result])
        counted = _counted(outline, items)
        found = _single(outline, clauses[match], clauses[match + 1] if match + 1 < len(clauses) else None)
        if counted is None or items == [counted] or found is None:
            continue
        nodes = [e.name for e in found[0].elements if not e.edge]
        named = outline.tokens[counted.span[0] + 2].text in (*nodes, "*")
        if named and lost(found[0], set(words[match:result])):
            return counted.span[0]
    return None


def _closed(path: Path) -> bool:
    first, last = (e.name for e in path.elements if not e.edge)
    return first is not None and first == last


def _counted(outline: Outline, items: Sequence[ReturnItem]) -> ReturnItem | None:
    """The one item that aggregates, if it is a plain `count(x)` or `count(*)`."""
    found = [i for i in items if i.name is not None and _aggregates(outline, i.span)]
    if len(found) != 1:
        return None
    start, end = found[0].span
    plain = end - start == _CALL and outline.tokens[start].text.lower() == "count"
    return found[0] if plain else None


def _aggregates(outline: Outline, span: Span) -> bool:
    return any(
        outline.tokens[i].text.lower() in AGGREGATES and outline.sign(i + 1, "(") for i in range(*span)
    )


def _plain(item: ReturnItem) -> bool:
    return item.name is not None and item.span[1] - item.span[0] == 1


def _optional_before(outline: Outline, clauses: Sequence[Clause]) -> list[tuple[Path, bool]]:
    """The one or two OPTIONAL MATCH at the end of some clauses, the last first; see `_single`."""
    found: list[tuple[Path, bool]] = []
    index = len(clauses) - 1
    while index >= 0 and len(found) < _HOPS:
        where = clauses[index] if clauses[index].word == "WHERE" else None
        index -= where is not None
        if index < 0 or clauses[index].word != "OPTIONAL MATCH":
            break
        single = _single(outline, clauses[index], where)
        if single is None:
            break
        found.append(single)
        index -= 1
    return found


def _reached(found: list[tuple[Path, bool]], counted: str, keys: set[str]) -> list[tuple[Path, bool]]:
    """Those of `_optional_before` that lead from a node of the groups to the counted one; else none."""
    ends = [{e.name for e in path.elements if not e.edge} for path, _ in found]
    if not found or counted not in ends[0]:
        return []
    others = ends[0] - {counted}
    if others & keys:
        return found[:1]
    return found if len(found) == _HOPS and others & ends[1] and (ends[1] - others) & keys else []


def _single(outline: Outline, match: Clause, after: Clause | None) -> tuple[Path, bool] | None:
    """The path of a MATCH if it is one edge without properties, and whether WHERE asks for a label.

    Any other condition in WHERE keeps the engine from counting so.
    """
    paths = matched_paths(outline, match.body)
    nodes = [e for p in paths for e in p.elements if not e.edge]
    if len(paths) != 1 or len(nodes) != _ENDS or paths[0].shortest:
        return None
    path = paths[0]
    repeated = any(outline.sign(i, "{", "+", "*") for i in outline.top(path.span))
    if repeated or any(e.many or e.properties is not None for e in path.elements):
        return None
    where = after is not None and after.word == "WHERE"
    if where and after is not None and not _labels_only(outline, after.body):
        return None
    inner = [_inline(outline, e.at) for e in nodes]
    if any(span is not None and not _labels_only(outline, span) for span in inner):
        return None
    return path, where or any(span is not None for span in inner)


def _labels_only(outline: Outline, span: Span) -> bool:
    """Whether a condition is nothing but a label: `x:Label`, in brackets or not."""
    return all(outline.named(i) or outline.sign(i, ":", "&", "(", ")") for i in range(*span)) and not any(
        outline.keyword(i) in ("AND", "OR", "XOR", "NOT", "IS", "TRUE", "FALSE") for i in range(*span)
    )


def _inline(outline: Outline, at: int) -> Span | None:
    """What follows WHERE inside the brackets of an element, which begin before `at`."""
    inside = outline.inside(at - 1)
    where = next((i for i in outline.top(inside) if outline.keyword(i) == "WHERE"), None)
    return None if where is None else (where + 1, inside[1])


def _limited(outline: Outline, path: Path) -> bool:
    return _conditioned(outline, path) or any(e.labels for e in path.elements if not e.edge)


def _conditioned(outline: Outline, path: Path) -> bool:
    """Whether the brackets of the edge hold a WHERE, or types that are not only alternatives."""
    for edge in (e for e in path.elements if e.edge):
        if any(
            outline.keyword(i) == "WHERE" or outline.sign(i, "!", "&")
            for i in range(*outline.inside(edge.at - 1))
        ):
            return True
    return False
