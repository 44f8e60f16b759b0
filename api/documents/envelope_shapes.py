"""The envelope of every answer, for the OpenAPI document; the rows are declared in `graph/*/shapes.py`.

No answer passes through these classes: validating each row would cost more than asking the graph;
`tests/api` compares them with real answers instead.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from graph.reading.answer import Stamp

T = TypeVar("T")


class Problem(BaseModel):
    """RFC 9457 问题文档。 A problem document."""

    type: str = Field(examples=["/problems/not-found"])
    title: str = Field(examples=["未找到 / Not found"])
    status: int = Field(examples=[404])
    detail: str
    instance: str = Field(examples=["/api/v1/nodes/q-990101-999"])
    code: str = Field(description="稳定的代码 / stable code", examples=["not_found"])
    detail_zh: str
    detail_en: str
    subject: str | None = Field(description="有问题的参数或对象 / the parameter or thing")


class ValueCount(BaseModel):
    """某列的一个值及其行数。 A value of a column, and how many rows have it; null is what is not known."""

    value: str | None
    rows: int


class PageInfo(BaseModel):
    """当前页。 Where the page stands."""

    next: str | None = Field(description="下一页的 cursor，末页为 null / cursor of the next page")
    total: int = Field(description="全部行数 / rows of the whole answer")
    counts: dict[str, list[ValueCount]] | None = Field(
        description="counts 所列各列的值，不受该列自身条件影响 / values of the columns that `counts` names, "
        "with all conditions but those on the column itself"
    )


class Answered(BaseModel, Generic[T]):
    """数据与出处。 The data, and where they come from."""

    data: T
    stamp: Stamp


class Paged(BaseModel, Generic[T]):
    """一页数据与出处。 One page of the data, and where they come from."""

    data: T
    stamp: Stamp
    page: PageInfo


class MemberHealth(BaseModel):
    """图数据库的一个成员。 One member of the engine's cluster."""

    member: int
    """第几个，按 NEO4J_URI 的次序。 Which one, in the order of NEO4J_URI."""
    seen: bool
    data_version: int | None = None


class Health(BaseModel):
    """服务状态。 State of the service."""

    status: Literal["live", "ready"]
    data_version: int | None = None
    members: list[MemberHealth] | None = None


def answers(shape: Any) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an endpoint that answers in this shape."""
    return {200: {"model": shape, "description": "回答 / the answer"}}
