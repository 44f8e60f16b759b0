"""What the service refuses, as an exception."""

from __future__ import annotations

from typing import Any

import httpx


class Problem(Exception):
    """A problem document (RFC 9457): `status`, `code`, `subject`, and the sentence in two languages."""

    def __init__(self, document: dict[str, Any]) -> None:
        super().__init__(document["detail"])
        self.document = document
        self.status: int = document["status"]
        self.code: str = document["code"]
        self.subject: str | None = document.get("subject")
        self.zh: str = document["detail_zh"]
        self.en: str = document["detail_en"]

    @classmethod
    def of(cls, response: httpx.Response) -> Problem:
        """The problem in an answer; an answer of something else, such as a proxy, becomes one."""
        if response.headers.get("content-type", "").startswith("application/problem+json"):
            return cls(response.json())
        zh = f"{response.url} 回答 {response.status_code}，不是本服务的格式。"
        en = f"{response.url} answered {response.status_code}, not in the form of the service."
        return cls(
            {
                "status": response.status_code,
                "code": "not_from_the_service",
                "subject": None,
                "detail": f"{zh} / {en}",
                "detail_zh": zh,
                "detail_en": en,
            }
        )
