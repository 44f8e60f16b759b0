"""What the process that looks at a delivery and loads it is given, and what it says: JSON, line by line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from graph.loading.plan import Options
from graph.settings import Settings

Task = Literal["read", "check", "load", "undo", "back", "rehearse", "answers"]
"""`read` proposes what the columns of a register are; `check` is a dry run; `back` writes the register that
is given back, `rehearse` checks a sheet of appointments, `answers` reads a list of questions."""


@dataclass(frozen=True)
class RegisterOrder:
    """What is said of a register in its own form; as the options of `cobuild register`."""

    kind: str | None = None
    form: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    place: str | None = None
    on: date | None = None
    complete: str | None = None
    lenient: bool = False
    as_new: bool = False
    same_names: bool = False


@dataclass(frozen=True)
class Order:
    """One task: `path` is the workbook, the archive or the folder; `out` is where the results go.

    `name` is what it was handed in as. `area` is that of a caller who is limited to one, `version` the
    data version that the caller has decided by, `number` the load to undo. `intention` is a file in
    which the digest of what is being written is noted before it is. `personal` and `verdicts` say what the
    caller may see of what is given back, as a viewer has them.
    """

    task: Task
    settings: dict[str, Any]
    out: str
    path: str = ""
    name: str = ""
    who: str = ""
    today: date = field(default_factory=date.today)
    options: Options = field(default_factory=Options)
    register: RegisterOrder | None = None
    area: str | None = None
    version: int | None = None
    number: int | None = None
    intention: str | None = None
    as_of: date | None = None
    personal: bool = False
    verdicts: bool = True

    def to_json(self) -> bytes:
        """One line."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> Order:
        """Back from `to_json`."""
        raw = json.loads(line)
        day = raw["options"]["ended_on"]
        raw["options"] = Options(**{**raw["options"], "ended_on": day and date.fromisoformat(day)})
        if raw["register"] is not None:
            on = raw["register"]["on"]
            raw["register"] = RegisterOrder(**{**raw["register"], "on": on and date.fromisoformat(on)})
        raw["as_of"] = raw["as_of"] and date.fromisoformat(raw["as_of"])
        raw["today"] = date.fromisoformat(raw["today"])
        return cls(**raw)

    def settings_of(self) -> Settings:
        """The settings of the service that gave the order."""
        return Settings.model_validate(self.settings)

    def file(self, name: str) -> Path:
        """A file of the results."""
        return Path(self.out) / name


def settings_as_json(settings: Settings) -> dict[str, Any]:
    """Settings with their secrets, which travel through a pipe and through nothing else."""
    found = settings.model_dump()
    return {
        f: v.get_secret_value() if hasattr(v, "get_secret_value") else (str(v) if isinstance(v, Path) else v)
        for f, v in found.items()
    }
