"""What preparation says of itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from typing_extensions import TypedDict

from graph.labels import Label

PreparationState = Literal["idle", "under_way", "complete", "cancelled"]


class PreparationShape(TypedDict):
    """预先计算的进度。 How far the preparation of a day is; `seconds_left` by what it took the last time.

    `idle`: there was none yet; `cancelled`: it was ended before its end.
    """

    state: Annotated[PreparationState, Label("状态")]
    as_of: Annotated[date | None, Label("统计日期")]
    data_version: int | None
    done: Annotated[int, Label("已完成")]
    total: Annotated[int, Label("合计")]
    file: str | None
    title_zh: Annotated[str | None, Label("正在计算")]
    rows: Annotated[int, Label("结果数")]
    started_at: str | None
    seconds_left: Annotated[int | None, Label("预计还需（秒）")]
