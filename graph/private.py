"""What is private: the mark of a withheld value, modes of files that their owner alone may read."""

from __future__ import annotations

MASK = "＊＊＊"
"""What is shown in place of a withheld value, whatever that was.

Others import it. In rows `mask_rows` (`reading/masking.py`) puts it on flagged columns and on ids of secret
edges, and knows a withheld value by its beginning; of a node, flagged properties are left out instead.
Where a sentence or list asks for one name, `Viewer.name` gives it. What lies outside the caller's area
has another name: `OUTSIDE_ZH` in `reading/viewer.py`. Entries of the audit trail keep the mark of their day.
Written out once more where it is published: `Withheld` in `reading/shapes.py`, `MASK` of the page in
`web/src/parts/mask.ts`, which tests/page compares, and in words in docs/access.md, docs/views.md,
docs/reports.md, in tests, and `client/cobuild_client/mcp_server.py`. It may be any text with which no value
begins, without `~` (ids are made with it) and fit for the name of a file (`upkeep/files.py`). What was erased
keeps the mark of its day.
"""
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
TYPED = "cypher_history"
"""In the data folder: the queries that were typed at the prompt of `cobuild cypher`."""
