"""Accounts and keys, for administrators: what an administrator may do over the network, and no more.

An administrator neither sees personal data nor decides, and must not get there by a detour: whoever holds
an administrator's key must not be able to make a key that does. So over HTTP rights can be taken from every
account, and given only as far as reading and Cypher go; accounts of the organization department and of
administrators are made, enabled and given keys on the machine itself (`cobuild account`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import Response

from api.documents.envelope_shapes import Answered, answers
from api.http.dependencies import ReplyDep, ServiceDep, read_day
from api.http.doorkeeper import needs
from api.http.reply import Reply
from api.http.service import Service
from graph.errors import BadParameter, NotFound
from graph.ledger import Account, Key
from graph.ledger.roles import RIGHTS, NotAllowed, Right, Role
from graph.reading.areas import read_areas, require_area

router = APIRouter(prefix="/accounts", tags=["access"], dependencies=[Depends(needs(Right.administer))])

GIVEN = frozenset({Right.read, Right.cypher})
"""Rights that are given over HTTP."""
Name = Annotated[
    str,
    Path(
        description="账户名：先建立（POST /accounts） / name of the account: make one first",
        examples=["示例科"],
        json_schema_extra={"x-listed": "/accounts name"},
        max_length=80,
    ),
]
Day = Annotated[date | None, BeforeValidator(read_day)]


class AccountShape(BaseModel):
    """账户。 An account; `area` null is everywhere, `grants` whether its keys are issued over HTTP."""

    name: str
    role: Role
    area: str | None
    created_at: str
    created_by: str
    disabled: bool
    grants: bool


class KeyShape(BaseModel):
    """密钥，不含密钥本身。 A key, never itself."""

    id: str
    note: str
    created_at: str
    expires_on: date | None
    revoked_at: str | None


class IssuedShape(KeyShape):
    """新签发的密钥，`text` 只显示这一次。 A new key; its text is shown this once."""

    text: str


class NewAccount(BaseModel):
    """新账户。 A new account; the service gives it no key yet."""

    model_config = ConfigDict(extra="forbid")

    name: str
    role: Role
    area: Annotated[str | None, Field(max_length=80)] = None


class ChangedAccount(BaseModel):
    """要变更的各项；未给出的不变。 What is absent stays as it is. `everywhere` lifts the limit to an area."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    area: Annotated[str | None, Field(max_length=80)] = None
    everywhere: bool = False
    disabled: bool | None = None


class NewKey(BaseModel):
    """密钥的到期日和备注。 The first day on which it opens nothing, and what it is for."""

    model_config = ConfigDict(extra="forbid")

    expires_on: Day = None
    note: Annotated[str, Field(max_length=200)] = ""


@router.get("", summary="账户 / Accounts", responses=answers(Answered[list[AccountShape]]))
async def accounts(reply: ReplyDep, service: ServiceDep) -> Response:
    """全部账户；限于某辖区的管理员只见该辖区的。 Every account; who is limited to an area sees its own."""
    found = [_shown(a) for a in await _seen(reply, service)]
    return await reply.state(found, rows=len(found))


@router.post("", summary="新建账户 / New account", responses=answers(Answered[AccountShape]))
async def add_account(
    reply: ReplyDep,
    service: ServiceDep,
    sent: Annotated[NewAccount, Body(examples=[{"name": "示例科", "role": "analyst"}])],
) -> Response:
    """只能建查看者和分析人员，其他用 cobuild account add。 Viewers and analysts; others on the machine."""
    _check_role(sent.role)
    await _check_area(reply, service, sent.area)
    reply.note(account=sent.name, role=str(sent.role), area=sent.area)
    with reply.on_record():
        made = await service.graph.ledger.accounts.add(
            sent.name, sent.role, sent.area, by=reply.caller.signature
        )
    return await reply.state(_shown(made))


@router.patch("/{name}", summary="变更账户 / Change an account", responses=answers(Answered[AccountShape]))
async def change_account(
    reply: ReplyDep,
    service: ServiceDep,
    name: Name,
    sent: Annotated[ChangedAccount, Body(examples=[{"disabled": True}])],
) -> Response:
    """角色、辖区、停用；对已签发的密钥立即生效。 Role, area, disabled; holds for standing keys too."""
    standing = await _find(reply, service, name)
    if standing.name == reply.caller.name:
        zh, en = "不能变更自己的账户。", "your own account cannot be changed."
        raise NotAllowed(zh, en, subject="name")
    if sent.area is not None and sent.everywhere:
        zh, en = "area 与 everywhere 只给一个。", "give area or everywhere, not both."
        raise BadParameter(zh, en, subject="area")
    if sent.role is not None:
        _check_role(sent.role)
    given = sent.area is not None or sent.everywhere or sent.disabled is False
    if given and sent.role is None:
        _check_role(standing.role)
    if sent.area is not None or sent.everywhere:
        await _check_area(reply, service, sent.area)
    reply.note(account=name, **{n: str(v) for n, v in sent.model_dump(exclude_defaults=True).items()})
    with reply.on_record():
        changed = await service.graph.ledger.accounts.change(
            name, role=sent.role, area=sent.area, everywhere=sent.everywhere, disabled=sent.disabled
        )
    return await reply.state(_shown(changed))


@router.get("/{name}/keys", summary="密钥 / Keys", responses=answers(Answered[list[KeyShape]]))
async def keys(reply: ReplyDep, service: ServiceDep, name: Name) -> Response:
    """账户的密钥：编号、日期、备注。 The keys of an account: ids, dates, notes; never themselves."""
    await _find(reply, service, name)
    found = [_key(k) for k in await service.graph.ledger.accounts.keys(name)]
    return await reply.state(found, rows=len(found))


@router.post("/{name}/keys", summary="签发密钥 / Issue a key", responses=answers(Answered[IssuedShape]))
async def issue_key(
    reply: ReplyDep,
    service: ServiceDep,
    name: Name,
    sent: Annotated[NewKey, Body(examples=[{"note": "绘图服务"}])],
) -> Response:
    """签发后密钥只显示这一次。 The text is shown this once."""
    standing = await _find(reply, service, name)
    _check_role(standing.role)
    if sent.expires_on is not None and sent.expires_on <= service.graph.today():
        zh, en = "到期日须晚于今天。", "expires_on is a day after today."
        raise BadParameter(zh, en, subject="expires_on")
    reply.note(account=name, expires_on=sent.expires_on and str(sent.expires_on))
    with reply.on_record():
        text, kept = await service.graph.ledger.accounts.issue_key(name, sent.expires_on, sent.note)
    return await reply.state({**_key(kept), "text": text})


@router.delete("/{name}/keys/{key}", summary="吊销密钥 / Revoke", responses=answers(Answered[KeyShape]))
async def revoke_key(
    reply: ReplyDep,
    service: ServiceDep,
    name: Name,
    key: Annotated[
        str, Path(description="密钥编号 / id of the key", examples=["0123456789abcdef"], max_length=24)
    ],
) -> Response:
    """吊销后不能再用，至迟两秒内生效。 It opens nothing from now on, two seconds later at most."""
    await _find(reply, service, name)
    ledger = service.graph.ledger.accounts
    if key not in {k.id for k in await ledger.keys(name)}:
        raise NotFound(f"没有编号为 {key} 的密钥。", f"there is no key {key}.", subject="key")
    reply.note(account=name)
    with reply.on_record():
        await ledger.revoke(key)
    (revoked,) = [k for k in await ledger.keys(name) if k.id == key]
    return await reply.state(_key(revoked))


async def _seen(reply: Reply, service: Service) -> list[Account]:
    """The accounts that the caller looks after."""
    found = await service.graph.ledger.accounts.accounts()
    if reply.area is None:
        return found
    tree = await read_areas(service.graph, service.graph.today())
    own = set(tree.below(reply.area))
    return [a for a in found if a.area in own]


async def _find(reply: Reply, service: Service, name: str) -> Account:
    """One of them; raises `NotFound`."""
    for account in await _seen(reply, service):
        if account.name == name:
            return account
    raise NotFound(f"没有账户 {name}。", f"there is no account {name}.", subject="name")


def _check_role(role: Role) -> None:
    """Raises `NotAllowed` for rights that are not given over HTTP."""
    if not RIGHTS[role] <= GIVEN:
        raise NotAllowed(
            "此角色可查看个人信息、作出决定或管理账户，其账户的新建、启用、放宽和密钥签发"
            "只能在服务所在的机器上用 cobuild account 办理。",
            "this role sees personal data, decides or administers: its accounts are made, enabled, widened "
            "and given keys on the machine of the service only, by cobuild account.",
            subject="role",
        )


async def _check_area(reply: Reply, service: Service, area: str | None) -> None:
    """Raises `NotFound` for an unknown area, `NotAllowed` for one beyond the caller's."""
    tree = await require_area(service.graph, area, service.graph.today())
    if reply.area is not None and (area is None or area not in tree.below(reply.area)):
        raise NotAllowed(
            f"账户只能限于您的辖区 {reply.area} 之内。",
            f"accounts of yours are limited to your area, {reply.area}.",
            subject="area",
        )


def _shown(account: Account) -> Mapping[str, Any]:
    return {**asdict(account), "role": str(account.role), "grants": RIGHTS[account.role] <= GIVEN}


def _key(key: Key) -> dict[str, Any]:
    return {n: getattr(key, n) for n in KeyShape.model_fields}
