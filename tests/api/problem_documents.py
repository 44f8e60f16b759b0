"""What every problem document has."""

from __future__ import annotations

from typing import Any

import httpx

from api.http.problems import MEDIA_TYPE

KEYS = {"type", "title", "status", "detail", "instance", "code", "detail_zh", "detail_en", "subject"}
HAN = range(0x4E00, 0xA000)


def check_problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The document of a failed answer, checked for what all of them have."""
    assert (status, MEDIA_TYPE) == (response.status_code, response.headers["content-type"])
    document: dict[str, Any] = response.json()
    assert set(document) == KEYS
    assert (status, code) == (document["status"], document["code"])
    assert any(ord(c) in HAN for c in document["detail_zh"])
    assert document["detail_en"].isprintable()
    assert document["detail"] == f"{document['detail_zh']} / {document['detail_en']}"
    assert f"/problems/{code.replace('_', '-')}" == document["type"]
    assert response.headers["cache-control"] == "no-store"
    return document
