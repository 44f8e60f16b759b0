"""Accounts and keys: what opens, what no longer opens, and what is nowhere written down."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from graph.errors import BadParameter, NotFound
from graph.ledger import Ledger
from graph.ledger.roles import Caller, Role
from tests.ledger.conftest import Place

TODAY = date(2025, 6, 30)
AREA = "990101000000"


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


async def key_of(ledger: Ledger, name: str = "张三", expires_on: date | None = None) -> str:
    """The key of a new account."""
    await ledger.accounts.add(name, Role.analyst, AREA, by="local:root")
    text, _ = await ledger.accounts.issue_key(name, expires_on, "")
    return text


async def test_a_key_opens_as_its_account(ledger: Ledger) -> None:
    """The caller has the account's name, role and area."""
    found = await ledger.accounts.find_key(await key_of(ledger), TODAY)
    assert found == Caller("张三", Role.analyst, AREA, via="key")


@pytest.mark.parametrize("place_", range(0, 64, 7))
async def test_a_key_with_one_other_character_opens_nothing(ledger: Ledger, place_: int) -> None:
    """Neither another id, nor another secret, nor something added."""
    text = await key_of(ledger)
    other = text[:place_] + ("0" if text[place_] != "0" else "1") + text[place_ + 1 :]
    for wrong in (other, f"{text}x", text[:-1], f" {text}", text.upper(), "", "cob_", "\ud800"):
        assert await ledger.accounts.find_key(wrong, TODAY) is None


async def test_a_key_ends_on_its_day(ledger: Ledger) -> None:
    """It opens on the day before, not on the day itself."""
    text = await key_of(ledger, expires_on=TODAY)
    assert await ledger.accounts.find_key(text, TODAY - timedelta(days=1)) is not None
    assert await ledger.accounts.find_key(text, TODAY) is None


async def test_a_revoked_key_opens_nothing(ledger: Ledger) -> None:
    """The account's other key still does; revoking twice keeps the first time."""
    text = await key_of(ledger)
    other, key = await ledger.accounts.issue_key("张三", None, "第二把")
    await ledger.accounts.revoke(key.id)
    first = [k.revoked_at for k in await ledger.accounts.keys("张三")]
    await ledger.accounts.revoke(key.id)
    assert [k.revoked_at for k in await ledger.accounts.keys("张三")] == first
    assert await ledger.accounts.find_key(other, TODAY) is None
    assert await ledger.accounts.find_key(text, TODAY) is not None


async def test_a_disabled_account_opens_nothing_until_enabled(ledger: Ledger) -> None:
    """Disabling closes all keys at once, and takes none of them away."""
    text = await key_of(ledger)
    await ledger.accounts.change("张三", disabled=True)
    assert await ledger.accounts.find_key(text, TODAY) is None
    await ledger.accounts.change("张三", disabled=False)
    assert await ledger.accounts.find_key(text, TODAY) is not None


async def test_another_role_or_area_holds_for_standing_keys(ledger: Ledger) -> None:
    """What is not named stays."""
    text = await key_of(ledger)
    await ledger.accounts.change("张三", role=Role.viewer)
    assert await ledger.accounts.find_key(text, TODAY) == Caller("张三", Role.viewer, AREA, "key")
    await ledger.accounts.change("张三", everywhere=True)
    assert await ledger.accounts.find_key(text, TODAY) == Caller("张三", Role.viewer, None, "key")


@pytest.mark.parametrize("name", ["", " ", "a ", "x" * 81, "a\nb", "a\x00", "a\u202eb", "\x85"])
async def test_a_name_is_printable(ledger: Ledger, name: str) -> None:
    """Names are in the audit trail, so they show what they are."""
    with pytest.raises(BadParameter, match="80"):
        await ledger.accounts.add(name, Role.viewer, None, by="x")


async def test_a_name_is_given_once(ledger: Ledger) -> None:
    """A second account of the same name is refused and changes nothing."""
    text = await key_of(ledger)
    with pytest.raises(BadParameter, match="已存在"):
        await ledger.accounts.add("张三", Role.administrator, None, by="x")
    assert await ledger.accounts.find_key(text, TODAY) == Caller("张三", Role.analyst, AREA, "key")
    assert [a.name for a in await ledger.accounts.accounts()] == ["张三"]


async def test_what_is_not_there_is_told(ledger: Ledger) -> None:
    """Unknown accounts and keys are `NotFound`, each with its name."""
    accounts = ledger.accounts
    for doing in (
        accounts.issue_key("无", None, ""),
        accounts.keys("无"),
        accounts.revoke("无"),
        accounts.change("无", disabled=True),
        accounts.change("无"),
    ):
        with pytest.raises(NotFound, match="无"):
            await doing


async def test_the_key_is_nowhere_in_the_files(tmp_path: Path) -> None:
    """Neither the key nor its secret is in the database or its log; only its digest."""
    ledger = Place(tmp_path, None).open()
    text = await key_of(ledger)
    (key,) = await ledger.accounts.keys("张三")
    files = contents(tmp_path)
    await ledger.close()
    files["closed"] = contents(tmp_path)["ledger.db"]
    secret = text.split("_", 2)[2]
    assert not [name for name, found in files.items() if secret.encode() in found]
    assert key.digest.encode() in files["closed"]
    assert key.digest not in text


async def test_the_key_is_nowhere_in_the_tables(ledger: Ledger, place: Place) -> None:
    """On either database."""
    text = await key_of(ledger)
    shown = str([place.run(f"SELECT * FROM {table}") for table in ("keys", "accounts", "audit")])
    assert text.split("_", 2)[2] not in shown
