"""A caller limited to an area: what lies in it, copies that hold nothing else, what is withheld.

Questions that show records are put to a copy of the area's part of the graph, so
that no query, whatever it says, sees more. Verdicts and coverage are found in the whole graph, for
an appointment outside may decide about one inside; what lies outside is then withheld.

Why does a caller not see something? First: was it asked of the copy or of the whole graph? A router
with `judged=True` (verdicts, coverage) asks the whole graph: `reading/viewer.py` withholds, rows by `@tells`
of their file, ids outside as `oc-000000-outside7`. One without it (records) asks the copy: `area_ids` says
which nodes belong to the area, by `cypher/queries/scope_places` (what lies in it), `scope_bodies` (who covers
or serves that), `scope_partners`, `scope_persons`, `scope_things`, in this order; ended ties count, and
without the right to personal data a person belongs by posts alone. `filling` takes an edge where both its
ends are there; without that right no edge of a flagged type and no flagged property. In words:
docs/access.md, "Limited to an area".
"""

from graph.reading.scoped.area_ids import read_ids
from graph.reading.scoped.copies import Copies, open_copy
from graph.reading.scoped.kept import open_kept_copy

__all__ = ["Copies", "open_copy", "open_kept_copy", "read_ids"]
