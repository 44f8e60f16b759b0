"""What pages of another origin may send and read, where `COBUILD_ORIGINS` lets them in (CORS).

Keys travel in a header, never in a cookie: a browser adds nothing by itself that could be misused.
"""

from __future__ import annotations

ALLOWED_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ALLOWED_HEADERS = ("Authorization", "Cobuild-Reason", "Content-Type", "If-None-Match", "Last-Event-ID")
SHOWN_HEADERS = ("Cobuild-Stamp", "Cobuild-Truncated", "Content-Disposition", "ETag", "Retry-After")
"""Of an answer, beside those that every page may read."""
