"""Choosing invitations and matches: bipartite matching under capacities, then set cover.

Knows networkx and nothing of the graph database. How many needs can be met at all is a maximum
matching, exact. Which invitations suffice for it is a set cover where no resource is contested,
and greedy's set is then at most H(d) times the smallest, d the most gaps that one invitation
closes; in general the problem is NP-hard, and of what is returned no invitation can be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

Progress = Callable[[int, int], None]
URGENT = 1_000
"""What leaving out a need that is a gap weighs, against one hop over a new tie."""


@dataclass(frozen=True)
class OpenNeed:
    """An open need: what it reaches today, and the committees whose co-builders it could reach."""

    id: str
    reaches: frozenset[str]
    committees: frozenset[str]
    wanted: frozenset[str] = frozenset()
    """Ids of resources that would meet it, wherever they are."""


@dataclass(frozen=True)
class Invitation:
    """A unit that a committee could invite, with its resources; `fills` is a committee's gap."""

    unit: str
    committee: str
    resources: frozenset[str]
    fills: str | None = None
    near: bool = True


@dataclass(frozen=True)
class Choice:
    """Invitations in the order in which they help most; need to resource; what cannot be closed."""

    invitations: tuple[Invitation, ...]
    matches: Mapping[str, str]
    filled: frozenset[str]
    """Committee gaps that the invitations fill."""
    closable: int
    """The most gaps that any set of the invitations could close."""


@dataclass
class _Board:
    """The needs that are gaps, and the room of each resource."""

    needs: Sequence[OpenNeed]
    room: Mapping[str, int]
    known: dict[frozenset[Invitation], int] = field(default_factory=dict)

    def closed(self, invitations: Collection[Invitation]) -> int:
        """How many gaps a set of invitations closes: needs matched, and committees filled."""
        key = frozenset(invitations)
        if key not in self.known:
            filled = {i.fills for i in key if i.fills}
            self.known[key] = len(filled) + self._matched(key)
        return self.known[key]

    def _matched(self, invitations: Collection[Invitation]) -> int:
        pairs: nx.Graph[tuple[Any, ...]] = nx.Graph()
        left: list[tuple[Any, ...]] = []
        for need in self.needs:
            reached = open_to(need, invitations)
            left.append(("need", need.id))
            pairs.add_node(left[-1])
            for resource in sorted(reached):
                seats = min(self.room.get(resource, 0), len(self.needs))
                pairs.add_edges_from((left[-1], ("seat", resource, n)) for n in range(seats))
        found = nx.bipartite.hopcroft_karp_matching(pairs, left)
        return sum(node in found for node in left)


def open_to(need: OpenNeed, invitations: Iterable[Invitation]) -> frozenset[str]:
    """The resources that would meet a need and that it reaches, with some invitations accepted."""
    reached = set(need.reaches)
    for invitation in invitations:
        if invitation.committee in need.committees:
            reached |= invitation.resources & need.wanted
    return frozenset(reached)


def choose(
    gaps: Sequence[OpenNeed],
    others: Sequence[OpenNeed],
    invitations: Iterable[Invitation],
    room: Mapping[str, int],
    progress: Progress = lambda done, total: None,
) -> Choice:
    """Invitations that close as many gaps as any could, and the matches.

    `gaps` are needs without a path, `others` needs that have one; `room` says how many more
    needs a resource can meet. Invitations are chosen for gaps only; matches serve the gaps first,
    then as many others as possible, over existing ties rather than new ones.
    """
    useful = [i for i in invitations if i.fills or any(_helps(i, need, room) for need in gaps)]
    useful.sort(key=lambda i: (not i.near, i.committee, i.unit))
    board = _Board(gaps, room)
    closable = board.closed(useful)
    chosen: list[Invitation] = []
    closed = board.closed(chosen)
    while closed < closable:
        progress(closed, closable)
        best = _best(board, chosen, [i for i in useful if i not in chosen])
        # Two invitations may help only together, where they free a resource for each other.
        chosen += [best] if board.closed([*chosen, best]) > closed else _all_but(useful, chosen)
        closed = board.closed(chosen)
    chosen = _prune(board, chosen)
    filled = frozenset(i.fills for i in chosen if i.fills)
    progress(closable, closable)
    return Choice(tuple(chosen), _match(gaps, others, chosen, room), filled, closable)


def _helps(invitation: Invitation, need: OpenNeed, room: Mapping[str, int]) -> bool:
    return invitation.committee in need.committees and any(
        room.get(r, 0) > 0 for r in invitation.resources & need.wanted
    )


def _best(board: _Board, chosen: Sequence[Invitation], left: Sequence[Invitation]) -> Invitation:
    """The invitation that closes most beside the chosen; of equals the first.

    What one invitation adds is at most the needs that it serves, so the search stops early.
    """

    def most(invitation: Invitation) -> int:
        served = sum(_helps(invitation, need, board.room) for need in board.needs)
        places = sum(board.room.get(r, 0) for r in invitation.resources)
        return min(served, places) + bool(invitation.fills)

    ranked = sorted(left, key=lambda i: -most(i))
    best, value = ranked[0], board.closed([*chosen, ranked[0]])
    base = board.closed(chosen)
    for invitation in ranked[1:]:
        if most(invitation) <= value - base:
            break
        found = board.closed([*chosen, invitation])
        if found > value:
            best, value = invitation, found
    return best


def _all_but(useful: Sequence[Invitation], chosen: Sequence[Invitation]) -> list[Invitation]:
    return [i for i in useful if i not in chosen]


def _prune(board: _Board, chosen: list[Invitation]) -> list[Invitation]:
    """Without every invitation that the others make needless, the last chosen first."""
    closed = board.closed(chosen)
    for invitation in reversed(tuple(chosen)):
        rest = [i for i in chosen if i is not invitation]
        if board.closed(rest) == closed:
            chosen = rest
    return chosen


def _match(
    gaps: Sequence[OpenNeed],
    others: Sequence[OpenNeed],
    chosen: Sequence[Invitation],
    room: Mapping[str, int],
) -> dict[str, str]:
    """OpenNeed to resource, by a maximum flow of least cost: gaps first, then existing ties."""
    flow: nx.DiGraph[Any] = nx.DiGraph()
    flow.add_nodes_from(("start", "end"))
    urgent = {need.id for need in gaps}
    for need in [*gaps, *others]:
        weight = -URGENT if need.id in urgent else 0
        flow.add_edge("start", ("need", need.id), capacity=1, weight=weight)
        for resource in sorted(open_to(need, chosen)):
            cost = 0 if resource in need.reaches else 1
            flow.add_edge(("need", need.id), ("resource", resource), capacity=1, weight=cost)
            flow.add_edge(("resource", resource), "end", capacity=room.get(resource, 0), weight=0)
    found = nx.max_flow_min_cost(flow, "start", "end")
    return {
        need.id: resource[1]
        for need in [*gaps, *others]
        for resource, amount in found[("need", need.id)].items()
        if amount
    }
