"""Of which things the rows may be others after something changed: the ways of a file, walked backwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.kept.file import Aftermath, Edge
from graph.kept.source import Handle, Source
from graph.kept.ways import Ways, WayStep

Gone = Mapping[tuple[str, bool], Mapping[Handle, Collection[Handle]]]
"""By type and direction, for each node those at the other end of edges that changed: some are gone."""


def gone_of(edges: Iterable[Edge], source: Source) -> Gone:
    """The edges of changes, in both directions."""
    found: dict[tuple[str, bool], dict[Handle, set[Handle]]] = defaultdict(lambda: defaultdict(set))
    for kind, start, end in edges:
        if end:
            one, two = source.handle(start), source.handle(end)
            found[kind, True][one].add(two)
            found[kind, False][two].add(one)
    return found


async def origins(changed: Aftermath, source: Source, gone: Gone) -> set[str] | None:
    """The ids by which rows may be others; None where that is not bounded, or they are more than `most`."""
    ways, most = changed.ways, changed.most
    speaking = frozenset(label for label, text in changed.begun.items() if text != "")
    into: dict[str, list[WayStep]] = defaultdict(list)
    for step in ways.steps:
        into[step.target].append(step)
    before: dict[str, set[str]] = defaultdict(set)
    for from_, to in ways.flows:
        before[to].add(from_)
    seen: dict[str, set[Handle]] = defaultdict(set)
    todo = await _begins(ways, changed.touched, source)
    while todo:
        name, nodes = todo.popitem()
        nodes = _of(source, nodes, ways.held[name]) - seen[name]
        if not nodes:
            continue
        if name in ways.loose:
            return None
        seen[name] |= nodes
        many = name == ways.origin and len(seen[name]) > most
        if many and len(_of(source, seen[name], speaking)) > most:
            return None
        for other in before[name]:
            todo.setdefault(other, set()).update(nodes)
        for step in into[name]:
            at = await _fitting(source, nodes, step.target_labels, step.target_level)
            for kind in step.types if at else ():
                found = await source.joined(at, kind, out=not step.out)
                if edges := gone.get((kind, not step.out)):
                    found = found.union(*(edges[node] for node in at & edges.keys()))
                near = await _fitting(source, found, step.source_labels, step.source_level)
                todo.setdefault(step.source, set()).update(near)
    return {source.id_of(node) for node in _of(source, seen[ways.origin], speaking)}


async def _fitting(
    source: Source, nodes: Iterable[Handle], labels: frozenset[str], level: str | None
) -> set[Handle]:
    """Those that a pattern lets in. Areas are of the level that they were of, else all is found anew."""
    found = source.admitted(nodes, labels)
    return found if level is None else await source.of_level(found, level)


def _of(source: Source, nodes: Collection[Handle], labels: frozenset[str]) -> set[Handle]:
    """Those that have one of these labels; none where there are none."""
    return source.admitted(nodes, labels) if labels else set()


async def _begins(ways: Ways, touched: Sequence[Edge], source: Source) -> dict[str, set[Handle]]:
    """The variables, each with the nodes, at which a file first meets what was touched."""
    found: dict[str, set[Handle]] = defaultdict(set)
    starts: dict[str, tuple[list[Handle], list[Handle]]] = defaultdict(lambda: ([], []))
    for kind, start, end in touched:
        if end:
            one, two = starts[kind]
            one.append(source.handle(start))
            two.append(source.handle(end))
        else:
            for name, kinds in ways.nodes.items():
                if any(not labels or kind in labels for labels in kinds):
                    found[name].add(source.handle(start))
    for step in ways.steps:
        for kind in step.types & starts.keys():
            here, there = starts[kind] if step.out else starts[kind][::-1]
            near = await _fitting(source, here, step.source_labels, step.source_level)
            far = await _fitting(source, there, step.target_labels, step.target_level)
            found[step.source].update(
                one for one, two in zip(here, there, strict=True) if one in near and two in far
            )
    return dict(found)
