"""A caller limited to an area: what lies in it, copies that hold nothing else, what is withheld.

Questions that show records are put to a copy of the area's part of the graph, so
that no query, whatever it says, sees more. Verdicts and coverage are found in the whole graph, for
an appointment outside may decide about one inside; what lies outside is then withheld.
"""

from graph.reading.scoped.area_ids import read_ids
from graph.reading.scoped.copies import Copies, open_copy
from graph.reading.scoped.kept import open_kept_copy

__all__ = ["Copies", "open_copy", "open_kept_copy", "read_ids"]
