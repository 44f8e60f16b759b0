"""Requests as the service wants them: log-in, pages of one data version, when to ask again."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

import httpx

from cobuild_client.problems import Problem

PAGE = 1000
"""Rows of a page, the most that the service gives at once."""
ASK_LATER = (429, 503)
BEGIN_AGAIN = "cursor_expired"
TIMES = 4
"""How often a question is asked, and an answer begun again whose data changed between two pages."""
LONGEST_WAIT = 60.0
"""Seconds; who is told to wait longer gets the problem."""


class Transport:
    """One connection to a service; closes with `close`."""

    def __init__(self, http: httpx.Client, key: str | None, reason: str | None) -> None:
        self._http = http
        if key is not None:
            http.headers["Authorization"] = f"Bearer {key}"
        if reason is not None:
            http.headers["Cobuild-Reason"] = quote(reason)

    def close(self) -> None:
        """Give the connection back."""
        self._http.close()

    def ask(
        self, path: str, parameters: Mapping[str, Any], *, body: Any = None, method: str = "GET"
    ) -> httpx.Response:
        """The answer to a question that only reads, asked up to four times.

        Raises `Problem`, or `httpx.TransportError` where the service cannot be reached.
        """
        for left in reversed(range(TIMES)):
            try:
                response = self._http.request(method, path, params=_texts(parameters), json=body)
            except httpx.TransportError:
                if not left:
                    raise
                time.sleep(0.2 * (TIMES - left))
                continue
            wait = _wait(response)
            if not left or wait is None:
                return _good(response)
            time.sleep(wait)
        raise AssertionError("unreachable")

    def change(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """The answer to what writes: sent once, whatever happens. Raises like `ask`."""
        return _good(self._http.request(method, path, json=body))

    def pages(self, path: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """All pages of an answer, of one data version. Raises like `ask`."""
        for left in reversed(range(TIMES)):
            try:
                return list(self._pages(path, parameters))
            except Problem as problem:
                if problem.code != BEGIN_AGAIN or not left:
                    raise
        raise AssertionError("unreachable")

    def _pages(self, path: str, parameters: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        cursor: str | None = None
        while True:
            page: dict[str, Any] = self.ask(path, {**parameters, "limit": PAGE, "cursor": cursor}).json()
            yield page
            cursor = page["page"]["next"]
            if cursor is None:
                return


def _wait(response: httpx.Response) -> float | None:
    """Seconds after which the service wants to be asked again; None where it does not say."""
    said = response.headers.get("Retry-After", "")
    if response.status_code not in ASK_LATER or not said.isdigit() or float(said) > LONGEST_WAIT:
        return None
    return float(said)


def _good(response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    raise Problem.of(response)


def _texts(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Parameters as the address has them; None is one that is not given."""
    return {name: _text(value) for name, value in parameters.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(str(v) for v in value)
    return str(value)
