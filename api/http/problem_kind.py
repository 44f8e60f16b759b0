"""How one class of errors appears over HTTP."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProblemKind:
    """How one class of errors appears over HTTP.

    `shown` says that the error's own sentences are for the caller. Where it is False they hold
    paths, addresses or the engine's words: those go to the log, the caller reads `about`.
    """

    status: int
    zh: str
    en: str
    about_zh: str
    about_en: str
    shown: bool = True
    retry_after: int | None = None
