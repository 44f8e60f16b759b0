"""The errors of the graph layer: one tree, each with a Chinese and an English sentence.

HTTP statuses are elsewhere: `api.http.problems` maps classes to statuses.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import ClassVar


class GraphError(Exception):
    """Base of every error that a user can act on.

    `zh` and `en` are whole sentences that name the parameter, file or thing and what was
    expected; `subject` is the machine-readable name of that thing (a parameter, an id, a path).
    `code` is stable and is part of problem documents.
    """

    code = "error"

    def __init__(self, zh: str, en: str, *, subject: str | None = None) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en
        self.subject = subject


class EnvironmentFault(GraphError):
    """The machine is not as needed: folder not writable, port taken, no engine for this system."""

    code = "environment"


class FolderFull(EnvironmentFault):
    """The disk of the data folder has no room left; nothing of what was to be written stands."""

    code = "folder_full"
    LEAST: ClassVar = 4 << 20
    """Bytes free below which what failed did so for want of room."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            f"数据目录已满：{folder} 所在磁盘没有空间，未写入；请腾出空间后重试。",
            f"the data folder is full: the disk of {folder} has no room, nothing was written; "
            "make room and try again.",
            subject=str(folder),
        )

    @classmethod
    def explains(cls, folder: Path) -> bool:
        """Whether a write in a folder may have failed for want of room.

        The engine says only "Transaction error on commit" or "Error saving group configuration", and SQLite
        "disk I/O error" where its shared memory finds no room.
        """
        try:
            return shutil.disk_usage(folder).free < cls.LEAST
        except OSError:
            return False


class RestoreUnfinished(EnvironmentFault):
    """A restore was ended while it moved files into place; the next one moves the rest first."""

    code = "restore_unfinished"
    MARK: ClassVar = "restoring.json"
    """The file in the data folder that says so."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            f"{folder} 的恢复未完成；请运行 cobuild restore --finish。",
            f"a restore of {folder} was not completed: run `cobuild restore --finish`.",
            subject=str(folder),
        )


class NotTogether(EnvironmentFault):
    """Graph and ledger are not those of one deployment, or one of them was emptied."""

    code = "not_together"


class CatalogueError(GraphError):
    """Files under `cypher/` or `profiles/` do not hold what they declare; lists every problem."""

    code = "catalogue"


class StoreUnavailable(GraphError):
    """The graph engine cannot be reached now; the same request may succeed later."""

    code = "store_unavailable"


def keeps_changing() -> StoreUnavailable:
    """What is raised where loads came in between as often as something was tried."""
    return StoreUnavailable("数据正在连续更新，请稍后重试。", "the data keep changing, try again later.")


class EngineUnavailable(StoreUnavailable):
    """The embedded engine did not start or is being started again."""

    code = "engine_unavailable"


class MemberNotReady(StoreUnavailable):
    """A member of a cluster answered that it cannot: it is starting, catching up, or does not lead."""

    code = "member_not_ready"
    follower = False
    """It would not write because another member does."""


class LoadIncomplete(StoreUnavailable):
    """A load in batches has begun and not ended: there is half a graph, so nothing is answered.

    `soonest`: in how many seconds it is expected to end, where that is known.
    """

    code = "load_incomplete"

    def __init__(self, zh: str, en: str, *, subject: str | None = None, soonest: int | None = None) -> None:
        super().__init__(zh, en, subject=subject)
        self.soonest = soonest


class GraphOutdated(StoreUnavailable):
    """The graph lacks derived edges that queries rely on: `cobuild verify --rebuild` adds them."""

    code = "graph_outdated"


class NotFound(GraphError):
    """No node, area, place, query or rule of that name."""

    code = "not_found"


class BadParameter(GraphError):
    """A parameter is missing, unknown, or of the wrong form; `subject` is its name."""

    code = "bad_parameter"


class QueryFailed(GraphError):
    """The engine refused a query: syntax, a forbidden action, a limit."""

    code = "query_failed"


class QueryTimedOut(QueryFailed):
    """The engine ended a query at its time limit."""

    code = "query_timed_out"


class ResultTooLarge(QueryFailed):
    """The engine's row limit cut the answer; a cut answer is never shown as a whole one."""

    code = "result_too_large"


class Forbidden(QueryFailed):
    """The identity that ran the statement may not do that."""

    code = "forbidden"


class ReasonNeeded(GraphError):
    """What is asked for rests on personal data: it is given for a reason that is recorded, if at all."""

    code = "reason_needed"

    def __init__(self, subject: str) -> None:
        super().__init__(
            "所问的结论依据个人信息得出：须由组织部角色写明理由（Cobuild-Reason）后查询，并记入审计。",
            "what is asked for rests on personal data: it is given to the organization department, "
            "for a reason (Cobuild-Reason) that is recorded.",
            subject=subject,
        )


class LoadConflict(GraphError):
    """Another load is under way, or an unfinished one has to be resumed or discarded first."""

    code = "load_conflict"
