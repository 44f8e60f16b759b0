"""What is private: the mark of a withheld value, modes of files that their owner alone may read."""

from __future__ import annotations

MASK = "＊＊＊"
"""What is shown in place of a withheld value, whatever that was."""
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
TYPED = "cypher_history"
"""In the data folder: the queries that were typed at the prompt of `cobuild cypher`."""
