"""Commands about accounts and their keys."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

import typer

from cli.audit_entry import command_entry, who_works, with_ledger
from cli.options import Format, FormatOption, day_of
from cli.output import console, errors, make_table, print_csv, print_json
from cli.session import with_graph
from graph.errors import BadParameter
from graph.labels import headings
from graph.ledger import Account, Key, Ledger
from graph.ledger.roles import Role
from graph.model import area_id
from graph.reading.areas import require_area
from graph.reading.graph import Graph

ACCOUNTS = headings(Account, "name", "role", "area", "disabled", "created_at", "created_by")
KEYS = headings(Key, "id", "note", "created_at", "expires_on", "revoked_at")

account = typer.Typer(help="账户与密钥。 Accounts and their keys.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="账户名 / name of the account")]
RoleOption = Annotated[Role, typer.Option(help="角色 / role")]
ExpiresOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="到期日，当日起失效 / first day on which it is void"),
]
NoteOption = Annotated[str, typer.Option(help="密钥备注 / what the key is for")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    app.add_typer(account, name="account")


@account.command()
def add(
    name: Name,
    role: RoleOption,
    area: Annotated[str | None, typer.Option(help="限于此辖区，默认不限 / limited to an area")] = None,
    expires: ExpiresOption = None,
    note: NoteOption = "",
    no_key: Annotated[bool, typer.Option("--no-key", help="暂不签发密钥 / no key yet")] = False,
) -> None:
    """新建账户，并签发一把密钥。 Make an account, with a key."""
    _check_day(expires)
    area = _checked_area(area)

    async def work(ledger: Ledger) -> str | None:
        await ledger.accounts.add(name, role, area, by=who_works())
        entry = command_entry("account add", name=name, role=str(role), area=area)
        await ledger.audit.append(entry)
        return None if no_key else await _issue(ledger, name, day_of(expires), note)

    text = with_ledger(work, changing=True)
    _say(f"已建立账户 {name}（{role}）。", "the account was made.")
    if text is not None:
        _show(text)


@account.command()
def key(name: Name, expires: ExpiresOption = None, note: NoteOption = "") -> None:
    """再签发一把密钥。 Issue another key."""
    _check_day(expires)
    _show(with_ledger(lambda ledger: _issue(ledger, name, day_of(expires), note), changing=True))


@account.command("list")
def list_(format_: FormatOption = "table") -> None:
    """列出账户。 List the accounts."""
    found = with_ledger(lambda ledger: ledger.accounts.accounts())
    _print([_account_row(a) for a in found], ACCOUNTS, format_)


@account.command()
def keys(name: Name, format_: FormatOption = "table") -> None:
    """列出账户的密钥（不含密钥本身）。 List an account's keys, never themselves."""
    found = with_ledger(lambda ledger: ledger.accounts.keys(name))
    _print([_key_row(k) for k in found], KEYS, format_)


@account.command()
def revoke(key: Annotated[str, typer.Argument(metavar="KEY", help="密钥编号 / id of the key")]) -> None:
    """吊销一把密钥。 Let a key open nothing any more."""
    if "_" in key:  # a pasted key must not get into messages and the trail
        key = key.split("_")[1]

    async def work(ledger: Ledger) -> None:
        await ledger.accounts.revoke(key)
        await ledger.audit.append(command_entry("account revoke", key=key))

    with_ledger(work, changing=True)
    _say(f"已吊销密钥 {key}。", "the key was revoked.")


@account.command()
def disable(name: Name) -> None:
    """停用账户，其全部密钥随即失效。 Disable an account with all its keys."""
    _change("disable", name, disabled=True)


@account.command()
def enable(name: Name) -> None:
    """重新启用账户。 Enable an account again."""
    _change("enable", name, disabled=False)


@account.command()
def change(
    name: Name,
    role: Annotated[Role | None, typer.Option(help="新角色 / new role")] = None,
    area: Annotated[str | None, typer.Option(help="新辖区 / new area")] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="不再限于辖区 / no longer limited to an area")
    ] = False,
) -> None:
    """变更角色或辖区，对已签发的密钥立即生效。 Another role or area, for standing keys too."""
    if role is None and area is None and not everywhere:
        raise BadParameter(
            "请给出 --role、--area 或 --everywhere。", "give --role, --area or --everywhere.", subject="role"
        )
    if area is not None and everywhere:
        raise BadParameter(
            "--area 与 --everywhere 只给一个。", "give --area or --everywhere, not both.", subject="area"
        )
    area = _checked_area(area)
    _change("change", name, role=role, area=area, everywhere=everywhere)


def _change(what: str, name: str, **values: Any) -> None:
    async def work(ledger: Ledger) -> Account:
        found = await ledger.accounts.change(name, **values)
        noted = {n: str(v) for n, v in values.items() if n in ("role", "area") and v is not None}
        if values.get("everywhere"):
            noted["area"] = "*"
        await ledger.audit.append(command_entry(f"account {what}", name=name, **noted))
        return found

    found = with_ledger(work, changing=True)
    where = f"限于辖区 {found.area}" if found.area else "不限辖区"
    state = "已停用 / disabled" if found.disabled else "可用 / enabled"
    _say(f"账户 {name}：{found.role}，{where}，{state}。", "changed.")


async def _issue(ledger: Ledger, name: str, expires_on: date | None, note: str) -> str:
    text, kept = await ledger.accounts.issue_key(name, expires_on, note)
    entry = command_entry(
        "account key", name=name, key=kept.id, expires_on=expires_on and expires_on.isoformat()
    )
    await ledger.audit.append(entry)
    return text


def _show(text: str) -> None:
    _say("密钥只显示这一次，请妥善保存。", "the key is shown this once: keep it safe.")
    sys.stdout.write(f"{text}\n")


def _checked_area(area: str | None) -> str | None:
    """The id of an area by its code; None for none."""
    if area is None:
        return None
    found = area_id(area)

    async def work(graph: Graph) -> None:
        await require_area(graph, found, graph.today())

    with_graph(work)
    return found


def _check_day(expires: datetime | None) -> None:
    if expires is not None and expires.date() <= date.today():
        raise BadParameter("--expires 须晚于今天。", "--expires is a day after today.", subject="expires")


def _account_row(found: Account) -> dict[str, Any]:
    return {**asdict(found), "role": str(found.role)}


def _key_row(found: Key) -> dict[str, Any]:
    row = asdict(found)
    del row["digest"]
    return row


def _print(rows: Iterable[dict[str, Any]], columns: dict[str, str], format_: Format) -> None:
    if format_ == "json":
        print_json(list(rows))
    elif format_ == "csv":
        print_csv(rows, columns)
    else:
        console.print(make_table(rows, columns))


def _say(zh: str, en: str) -> None:
    errors.print(f"{zh}/ {en}", highlight=False, markup=False, soft_wrap=True)
