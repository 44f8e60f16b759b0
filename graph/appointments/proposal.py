"""What may be proposed: appoint, relieve, extend, change the pay, all from one day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from graph.errors import GraphError
from graph.model import PostRole, edge_id
from graph.model.vocabulary import PayBasis, Portfolio, PostCapacity
from graph.validation import complain, validation_error

MOST_CHANGES = 50


class ProposalRejected(GraphError):
    """A proposal that cannot be carried out; `problems` lists everything that is wrong with it."""

    code = "proposal_rejected"

    def __init__(self, problems: list[ProposalProblem]) -> None:
        zh = "；".join(f"{p.where}：{p.zh.rstrip('。')}" for p in problems)
        en = "; ".join(f"{p.where}: {p.en.rstrip('.')}" for p in problems)
        super().__init__(
            f"任免方案有 {len(problems)} 处问题：{zh}。",
            f"{len(problems)} problems in the proposal: {en}.",
            subject=problems[0].where,
        )
        self.problems = problems


class ProposalProblem(BaseModel):
    """One thing that is wrong: where (`changes[0].body`), and what was expected."""

    model_config = ConfigDict(frozen=True)

    where: str
    zh: str
    en: str


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Appoint(_Part):
    """任命: a person gets a post; the fields are those of the post in the model."""

    kind: Literal["appoint"]
    person: str
    body: str
    role: PostRole
    until: date | None = None
    portfolio: Portfolio | None = None
    capacity: PostCapacity | None = None
    title: str | None = None
    elected: bool | None = None
    approved: bool | None = None
    approved_by: str | None = None
    concurrent: bool | None = None
    paid: bool | None = None
    pay_basis: PayBasis | None = None
    term_until: date | None = None

    @property
    def properties(self) -> dict[str, Any]:
        """The given properties of the post."""
        given = self.model_dump(exclude_none=True, exclude={"kind", "person", "body", "until"})
        return {n: str(v) if n in _CODED else v for n, v in given.items()}


_CODED = ("role", "portfolio", "capacity", "pay_basis")


class _OfPost(_Part):
    """A standing post, by its id or by person, body and role (its first spell)."""

    _NEEDS: ClassVar = (
        "应给出 post（任职编号），或 person（人员）、body（组织）、role（职务）三项",
        "needs post, or person, body and role",
    )

    post: str | None = None
    person: str | None = None
    body: str | None = None
    role: PostRole | None = None

    @property
    def post_id(self) -> str | None:
        """The id of the post that is meant, if a post is."""
        if self.post is not None:
            return self.post
        if self.person is None or self.body is None or self.role is None:
            return None
        return edge_id("HOLDS_POST", self.person, self.body, str(self.role))

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self._names_enough():
            raise validation_error(*self._NEEDS)
        return self

    def _names_enough(self) -> bool:
        return self.post_id is not None


class Relieve(_OfPost):
    """免职: a post ends."""

    kind: Literal["relieve"]


class Extend(_OfPost):
    """延期: a post's term, or the term of a whole body where only `body` is given."""

    _NEEDS: ClassVar = (
        "应给出 post（任职编号），或 person（人员）、body（组织）、role（职务）三项，或仅 body",
        "needs post, or person, body and role, or body alone",
    )

    kind: Literal["extend"]
    until: date
    approved_by: str | None = None

    def _names_enough(self) -> bool:
        whole_body = self.body is not None and self.person is None and self.role is None
        return self.post_id is not None or whole_body


class ChangePay(_OfPost):
    """待遇: a post becomes paid or unpaid."""

    kind: Literal["pay"]
    paid: bool
    pay_basis: PayBasis | None = None


ProposedChange = Annotated[Appoint | Relieve | Extend | ChangePay, Field(discriminator="kind")]


class Proposal(_Part):
    """A list of changes that take effect on one day, in the order in which they are given."""

    as_of: date
    changes: Annotated[list[ProposedChange], Field(min_length=1, max_length=MOST_CHANGES)]


def read_proposal(value: Mapping[str, Any]) -> Proposal:
    """A proposal from data; raises `ProposalRejected` that names every field that is wrong."""
    try:
        return Proposal.model_validate(value)
    except ValidationError as error:
        raise ProposalRejected([_problem(e["loc"], e) for e in error.errors()]) from None


def _problem(loc: tuple[int | str, ...], error: Any) -> ProposalProblem:
    kinds = {"appoint", "relieve", "extend", "pay"}  # pydantic names the variant; people need not
    where = ""
    for before, part in zip(("", *loc), loc, strict=False):
        if isinstance(part, int):
            where += f"[{part}]"
        elif not (isinstance(before, int) and part in kinds):
            where += f".{part}" if where else part
    zh, en = complain(error)
    return ProposalProblem(where=where or "changes", zh=zh, en=en)
