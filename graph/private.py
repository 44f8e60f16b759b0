"""What is private: the mark of a withheld value, numbers of persons, modes of files of their owner alone."""

from __future__ import annotations

import re

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
PERSONAL_NUMBER = re.compile(
    r"""(?<![\dA-Za-z])(
    \d{17}[\dXxＸｘ]
    | [6６][2２]\d{14,17}
    | ([+＋]?86[ -]?)?[1１][3-9３-９]\d[ －—-]?\d{4}[ －—-]?\d{4}
    | [0０]\d{2,3}[ －—-]?\d{7,8}
    | \d\.\d{2,16}[eE]\+1\d
    | ((?<=电话)|(?<=座机)|(?<=电话[:：])|(?<=座机[:：]))\d{7,8}
    )(?![\dA-Za-z])""",
    re.VERBOSE,
)
"""Numbers of identity cards, bank cards, mobile and other telephones, in wide digits and as 1.38E+10 too."""
_MAY_BE = re.compile(r"\d{4}[ －—-]?\d{3}|[eE]\+1\d")
"""In any of them; looked for first, in many texts at once."""
FREE = frozenset({"note", "about"})
"""Properties that are written in own words, in which such numbers may stand; they are stored nowhere."""


def has_numbers(text: str) -> bool:
    """Whether a text has numbers of persons, or may have some."""
    return _MAY_BE.search(text) is not None


def without_numbers(text: str) -> str:
    """A text with … for every number of a person."""
    return PERSONAL_NUMBER.sub("…", text)
