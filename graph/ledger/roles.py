"""Roles and the rights that each has; a caller with a role and an area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from graph.errors import GraphError


class Role(StrEnum):
    """What a caller does with the service."""

    viewer = "viewer"
    analyst = "analyst"
    organization_department = "organization_department"
    administrator = "administrator"


class Right(StrEnum):
    """What a route may ask for."""

    read = "read"
    """Everything that the catalogue, the rules and the views answer, masked."""
    cypher = "cypher"
    """Ad-hoc queries, and keeping queries."""
    unmask = "unmask"
    """Personal data, each time with a reason that is kept."""
    decide = "decide"
    """Appointments, waivers, kept runs."""
    load = "load"
    """Uploading, checking, loading and undoing deliveries and registers."""
    administer = "administer"
    """Accounts, and the audit trail."""


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.viewer: frozenset({Right.read}),
    Role.analyst: frozenset({Right.read, Right.cypher}),
    Role.organization_department: frozenset(
        {Right.read, Right.cypher, Right.unmask, Right.decide, Right.load}
    ),
    # Who hands out keys and reads the trail neither sees personal data nor decides.
    Role.administrator: frozenset({Right.read, Right.administer}),
}

ROLE_ZH: Mapping[Role, str] = {
    Role.viewer: "查看者",
    Role.analyst: "分析人员",
    Role.organization_department: "组织部",
    Role.administrator: "管理员",
}

RIGHT_ZH: Mapping[Right, str] = {
    Right.read: "查看",
    Right.cypher: "自由查询",
    Right.unmask: "查看个人信息",
    Right.decide: "任免决定和豁免",
    Right.load: "导入数据",
    Right.administer: "管理账户和审计记录",
}


class NotAllowed(GraphError):
    """The caller's role lacks a right, or what is asked for lies outside the caller's area."""

    code = "not_allowed"


@dataclass(frozen=True)
class Caller:
    """Who asks: the name, the rights, and the area that they are limited to (None: everywhere).

    `name` is the identity: of an account its name, of a token the issuer and the subject. `shown`
    is what a token's caller is called, for show only: it is no proof of anything. `via` says how they
    were recognised: `local` is the person at this machine while no one
    has to log in, `key` a key of the ledger, `token` a token of an identity provider.
    """

    name: str
    role: Role | None
    area: str | None = None
    via: Literal["local", "key", "token"] = "local"
    shown: str | None = None

    @property
    def signature(self) -> str:
        """What stands under a decision: the shown name, with the identity that it does not replace."""
        return self.name if self.shown is None else f"{self.shown}，{self.name}"

    @property
    def rights(self) -> frozenset[Right]:
        """The rights of the role; on this machine, without log-in, all of them."""
        return frozenset(Right) if self.role is None else RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Raises `NotAllowed` without that right."""
        if right not in self.rights:
            role = ROLE_ZH[self.role] if self.role else ""
            raise NotAllowed(
                f"{role}没有“{RIGHT_ZH[right]}”的权限。",
                f"the role {self.role} does not have the right {right}.",
                subject=str(right),
            )


LOCAL = Caller("local", None)
"""The person at this machine, where the service asks for no log-in."""
