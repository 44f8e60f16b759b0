"""The manifest: what a delivery is, for which place, from which source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from graph.characters import forbidden_in
from graph.loading.findings import Finding
from graph.validation import complain, validation_error


class Manifest(BaseModel):
    """`manifest.toml`: what a delivery is, for which place, from which source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1]
    place: str = Field(pattern=r"^[a-z0-9_]+$")
    place_zh: str = Field(min_length=1)
    source: str
    batch: str
    synthetic: bool
    area: str | None = None
    profile: str | None = None
    delivered_on: date | None = None
    needs: tuple[str, ...] = ()
    coordinates: Literal["wgs84", "gcj02", "bd09"] | None = None

    @field_validator("place_zh", "source", "batch", "area", "profile", "needs")
    @classmethod
    def _writable(cls, value: Any) -> Any:
        found = forbidden_in("".join(value or ()))
        if found is not None:
            raise validation_error(f"含有不可见的控制字符 {found}", f"holds the control character {found}")
        return value


STOPGAP = Manifest(
    format=1, place="unknown", place_zh="？", source="d-000000-unknown", batch="？", synthetic=False
)
"""Stands where a manifest could not be read, so that the tables can be checked along with it."""


def parse_manifest(raw: Mapping[str, Any], file: str) -> tuple[Manifest | None, list[Finding]]:
    """The manifest from its keys, or the findings that say why there is none."""
    try:
        return Manifest.model_validate(raw), []
    except ValidationError as error:
        return None, [
            Finding(
                file,
                0,
                ".".join(map(str, e["loc"])),
                "" if e["type"] == "missing" else str(e.get("input", ""))[:80],
                *complain(e),
            )
            for e in error.errors()
        ]
