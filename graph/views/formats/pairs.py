"""Pairs as CSV: an edge a line, for spreadsheets and for programs that know no graphs."""

from __future__ import annotations

import csv
from io import StringIO

from graph.characters import writable
from graph.formulas import harmless
from graph.views.view import View, roles_zh

HEADER = ("source", "source_name", "target", "target_name", "type", "since", "until", "roles", "weight")


def pairs(view: View) -> bytes:
    """UTF-8 with CRLF as RFC 4180 wants; a date that is not known or not there is empty.

    Names that a spreadsheet would run as a formula stand behind an apostrophe.
    """
    names = {n.id: harmless(writable(n.name)) for n in view.nodes}
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(
        (
            *(e.source, names[e.source], e.target, names[e.target], e.edge_type, e.since, e.until),
            harmless(writable(roles_zh(e.roles))),
            e.weight,
        )
        for e in view.edges
    )
    return stream.getvalue().encode()
