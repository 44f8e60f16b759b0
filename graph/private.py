"""What is private: the mark of a withheld value, modes of files that their owner alone may read."""

from __future__ import annotations

MASK = "＊＊＊"
"""What is shown in place of a withheld value, whatever that was.

Others import it: `reading/masking.py` puts it on rows and ids (and knows a withheld value by its
beginning), `Viewer.name` on names. Written out once more where it is published: `Withheld` in
`reading/shapes.py`, `MASK` of the page in `web/src/parts/mask.ts`, which tests/page compares, and in
words in docs/access.md, docs/views.md, docs/reports.md and `client/cobuild_client/mcp_server.py`.
"""
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
