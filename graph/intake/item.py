"""One thing that was handed in, and what is known of it so far."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from graph.errors import BadParameter, LoadConflict
from graph.intake.back.shapes import GivenShape
from graph.intake.kept import FINDINGS, MARKED, all_rows
from graph.intake.shapes import FindingKindShape, HandedInShape, Kind, State
from graph.ledger.times import now
from graph.loading.findings import Finding, kind_of
from graph.loading.outcome import GROUPS

KEPT = timedelta(hours=24)
"""For how long after it was last asked for a delivery is kept."""
STEPS = {
    "wait": "等待",
    "start": "准备",
    "read": "读取",
    "check": "校验",
    "copy": "复制",
    "write": "写入",
    "derive": "推导",
    "discard": "撤销",
    "back": "写出",
}
STATE_ZH: dict[State, str] = {
    "received": "已上传",
    "working": "正在处理",
    "proposed": "待核对各列",
    "rejected": "有错误",
    "questions": "有疑问待回答",
    "checked": "预检通过",
    "loaded": "已完成",
    "failed": "未成功",
    "cancelled": "已取消",
}
_REFUSED = ("delivery_rejected", "proposal_rejected")
_AFTER = {
    "read": "proposed",
    "check": "checked",
    "load": "loaded",
    "undo": "loaded",
    "rehearse": "checked",
    "answers": "checked",
}


@dataclass
class IntakeItem:
    """`checked_with` are the options of the last check, by which it is loaded; `version` what it saw."""

    id: str
    kind: Kind
    owner: str
    name: str
    folder: Path
    files: dict[str, int] = field(default_factory=dict)
    handed_in_at: datetime = field(default_factory=now)
    touched_at: datetime = field(default_factory=now)
    state: State = "received"
    task: str | None = None
    step: str | None = None
    done: int = 0
    total: int = 0
    checked_with: Any = None
    failure: dict[str, str] | None = None
    found: dict[str, Any] = field(default_factory=dict)
    proposal: Any = None
    questions: list[Any] = field(default_factory=list)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    running: asyncio.Task[None] | None = None
    gone: bool = False
    """Whether its owner took it back; its files go with the process that reads them."""
    given: GivenShape | None = None
    """What the last register given back holds."""
    _step_began: float = 0.0
    _before: State = "received"

    @property
    def kept_until(self) -> datetime:
        """When it is removed unless it is asked for before."""
        return self.touched_at + KEPT

    @property
    def path(self) -> Path:
        """What the process reads: the one workbook, register or archive, else the folder."""
        files = self.folder / "files"
        whole = [n for n in self.files if "/" not in n and n != "manifest.toml"]
        return files / whole[0] if len(whole) == 1 else files

    @property
    def version(self) -> int | None:
        """The data version of the last check."""
        version = (self.found.get("report") or {}).get("version")
        return version if self.state == "checked" else None

    def begin(self, task: str) -> None:
        """A task begins; raises `LoadConflict` while another one of this delivery runs."""
        if self.state == "working":
            raise LoadConflict(
                "这份交付正在处理，请等它结束，或先取消。",
                "this delivery is being worked on: wait for it, or cancel it.",
                subject=self.id,
            )
        self._before = self.state
        self.state, self.task, self.failure, self.stop = "working", task, None, asyncio.Event()
        if task in ("read", "check", "undo", "rehearse", "answers"):
            self.found, self.questions = {}, []
        self.at("wait", 0, 0)

    def at(self, step: str, done: int, total: int) -> None:
        """How far it is."""
        if step != self.step:
            self._step_began = time.monotonic()
        self.step, self.done, self.total = step, done, total

    def ended(self, said: dict[str, Any]) -> None:
        """Take over what the process said last."""
        self.step, task = None, self.task or ""
        if task == "back":
            self._given(said)
        elif said.get("stopped"):
            self.state = "cancelled"
        elif "error" in said:
            error = said["error"]
            self.failure = {name: error[name] for name in ("code", "zh", "en")}
            names = ("number", "label", "name", "place", "candidates")
            self.questions = [{n: q[n] for n in names} for q in error.get("questions", [])]
            self.found |= {name: said[name] for name in ("findings", "marked") if name in said}
            self.state = {**dict.fromkeys(_REFUSED, "rejected"), "open_questions": "questions"}.get(
                error["code"], "failed"
            )  # type: ignore[assignment]
        else:
            result = said["result"]
            self.proposal = result.pop("proposal", self.proposal)
            self.found = result
            self.state = _AFTER[task]  # type: ignore[assignment]

    def _given(self, said: dict[str, Any]) -> None:
        """A register was given back, or was not: the delivery is as far as it was before."""
        self.state = self._before
        if "error" in said:
            self.failure = {name: said["error"][name] for name in ("code", "zh", "en")}
        self.given = said["result"]["given"] if "result" in said else None

    @property
    def seconds_left(self) -> float | None:
        """Estimated from how long the step took so far."""
        taken = time.monotonic() - self._step_began
        if self.step is None or not 0 < self.done < self.total or taken < 1:
            return None
        return round(taken / self.done * (self.total - self.done), 1)

    def require(self, *states: State) -> None:
        """Raises `BadParameter` where it is not as far as is needed."""
        if self.state not in states:
            zh = "、".join(STATE_ZH[state] for state in states)
            raise BadParameter(
                f"这份交付目前“{STATE_ZH[self.state]}”，不能这样做；须为：{zh}。",
                f"this delivery is {self.state}; that takes {' or '.join(states)}.",
                subject="state",
            )

    def shown(self) -> HandedInShape:
        """All that its owner is shown."""
        groups, levels = self.found.get("changes", {}), self.found.get("findings", {})
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "bytes": sum(self.files.values()),
            "files": sorted(self.files),
            "state": self.state,
            "task": self.task,
            "step": self.step,
            "step_zh": STEPS.get(self.step or ""),
            "done": self.done,
            "total": self.total,
            "seconds_left": self.seconds_left,
            "handed_in_at": self.handed_in_at,
            "kept_until": self.kept_until,
            "failure": self.failure,  # type: ignore[typeddict-item]
            "report": self.found.get("report"),
            "groups": [
                {"group": group, "zh": GROUPS[group], "lines": count} for group, (_, count) in groups.items()
            ],
            "errors": levels.get("error", (0, 0))[1],
            "warnings": levels.get("warning", (0, 0))[1],
            "finding_kinds": self._kinds(),
            "marked": (self.folder / MARKED).exists()
            and (self.state == "rejected" or self.found.get("rehearsed") is not None),
            "held": self.found.get("held", 0),
            "erased": self.found.get("erased", 0),
            "number": self.found.get("number"),
            "proposal": self.proposal,
            "questions": self.questions,
            "register": self.found.get("register"),
            "given": self.given,
            "rehearsed": self.found.get("rehearsed"),
            "answers": self.found.get("answers", []),
        }

    def _kinds(self) -> list[FindingKindShape]:
        """Findings by kind, counted once: a delivery may have a hundred thousand."""
        if "findings" not in self.found:
            return []
        if "kinds" not in self.found:
            counted = Counter((r["level"], kind_of(Finding(**r))) for r in all_rows(self.folder, FINDINGS))
            self.found["kinds"] = [
                {"level": level, "kind": kind, "count": n} for (level, kind), n in counted.most_common()
            ]
        kinds: list[FindingKindShape] = self.found["kinds"]
        return kinds
