"""What the application holds while it runs, and the graph and viewer of one request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from api.http.doorkeeper import Access
from api.http.feed import Feed
from api.http.shelf import AnswerShelf
from api.http.turns import Turns
from graph.intake.desk import Desk
from graph.reading.graph import Graph
from graph.reading.scoped import Copies
from graph.reading.viewer import Viewer
from graph.settings import Settings


@dataclass(frozen=True)
class Service:
    """One for all requests. `revision` changes when code or catalogue do, and is part of every ETag."""

    settings: Settings
    graph: Graph
    revision: str
    copies: Copies
    desk: Desk
    feed: Feed
    turns: Turns
    shelf: AnswerShelf = field(default_factory=AnswerShelf)

    @asynccontextmanager
    async def graph_for(self, access: Access, kind: str, *, judged: bool) -> AsyncIterator[Graph]:
        """The graph for one request, when its turn comes: the whole one, or a copy of the caller's area.

        `judged` gives the whole graph even to a caller limited to an area: a finding inside may depend on
        what lies outside. The viewer then withholds the ids of what lies outside. `kind` is the route:
        questions of one kind take about as long (`Turns.turn`).
        """
        async with self.turns.turn(access.caller.name, kind):
            viewer = await self.viewer(access)
            if viewer.area is None or judged:
                yield self.graph.under(viewer)
            else:
                async with self.copies.open(viewer.area, personal=viewer.personal) as copy:
                    yield copy.under(viewer)

    async def viewer(self, access: Access) -> Viewer:
        """What one request may see. Who asks from this machine without a key gets every verdict."""
        local = access.caller.via == "local"
        return await self.copies.viewer(access.caller.area, personal=access.personal, verdicts=local)
