"""`cobuild account`: the key alone on standard output, every change on record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import cobuild, on_loaded

__all__ = ["cobuild", "on_loaded"]

AREA = "990101000000"


@pytest.fixture
def account(cobuild: Any, tmp_path: Path) -> Any:
    """Runs `cobuild account …` on an empty ledger; no engine is started."""
    return lambda *words: cobuild("account", *words, COBUILD_DATA_DIR=str(tmp_path))


def trail(cobuild: Any, folder: Path) -> list[dict[str, Any]]:
    ran = cobuild("audit", "list", "--format", "json", COBUILD_DATA_DIR=str(folder))
    found: list[dict[str, Any]] = ran.json
    return found


def test_a_key_is_printed_alone_and_once(account: Any) -> None:
    """What a script reads is the key and a line end; later it is nowhere to be had."""
    ran = account("add", "张三", "--role", "analyst", "--expires", "2099-01-01")
    assert ran.code == 0
    key = ran.out.removesuffix("\n")
    assert key.startswith("cob_")
    assert "\n" not in key
    assert "只显示这一次" in ran.err
    assert key not in ran.err
    listed = account("keys", "张三", "--format", "json")
    (row,) = listed.json
    assert row["id"] == key.split("_")[1]
    assert row["expires_on"] == "2099-01-01"
    assert set(row) == {"id", "account", "note", "created_at", "expires_on", "revoked_at"}
    assert key.split("_", 2)[2] not in listed.out


def test_accounts_are_made_changed_and_listed(account: Any) -> None:
    """What each command does shows in the list."""
    assert account("add", "张三", "--role", "viewer", "--no-key").out == ""
    assert account("disable", "张三").code == 0
    assert account("change", "张三", "--role", "administrator").code == 0
    (row,) = account("list", "--format", "json").json
    assert (row["role"], row["disabled"], row["area"]) == ("administrator", True, None)
    assert account("enable", "张三").code == 0
    assert "administrator" in account("list", "--format", "csv").out
    assert "张三" in account("list").out


def test_a_pasted_key_is_revoked_and_not_repeated(account: Any, cobuild: Any, tmp_path: Path) -> None:
    """Who pastes the whole key instead of its id does not put it on record."""
    key = account("add", "张三", "--role", "viewer").out.strip()
    ran = account("revoke", key)
    assert ran.code == 0
    secret = key.split("_", 2)[2]
    assert secret not in ran.out + ran.err
    assert account("keys", "张三", "--format", "json").json[0]["revoked_at"]
    assert secret not in json.dumps(trail(cobuild, tmp_path))


def test_every_change_is_on_record(account: Any, cobuild: Any, tmp_path: Path) -> None:
    """Who, what and whose; lists and refusals change nothing and are not."""
    key = account("add", "张三", "--role", "viewer").out.strip().split("_")[1]
    account("key", "张三")
    account("revoke", key)
    account("disable", "张三")
    account("enable", "张三")
    account("change", "张三", "--everywhere")
    account("list")
    account("disable", "无")
    found = trail(cobuild, tmp_path)
    assert [e["what"].removeprefix("cobuild account ") for e in found] == [
        "add",
        "key",
        "key",
        "revoke",
        "disable",
        "enable",
        "change",
    ]
    assert {e["via"] for e in found} == {"local"}
    assert all(e["who"].startswith("local:") for e in found)
    assert found[0]["parameters"] == {"name": "张三", "role": "viewer"}
    assert found[3]["parameters"] == {"key": key}
    assert found[6]["parameters"] == {"name": "张三", "area": "*"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "张三", "--role", "viewer", "--expires", "2020-01-01"), "--expires"),
        (("change", "张三"), "--role"),
        (("change", "张三", "--area", AREA, "--everywhere"), "--everywhere"),
        (("key", "无"), "无"),
        (("revoke", "无"), "无"),
        (("keys", "无"), "无"),
    ],
)
def test_wrong_use_is_told(account: Any, words: tuple[str, ...], said: str) -> None:
    """Exit code 2 and a sentence that names the option or the thing."""
    ran = account(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_area_is_one_of_the_graph(on_loaded: Any) -> None:
    """An area that no one knows would keep the account to nothing."""
    name = "限于示例区"
    ran = on_loaded("account", "add", name, "--role", "viewer", "--area", "123")
    assert (ran.code, ran.out) == (2, "")
    assert "123" in ran.err
    ran = on_loaded("account", "add", name, "--role", "viewer", "--area", AREA, "--no-key")
    assert ran.code == 0
    listed = on_loaded("account", "list", "--format", "json").json
    assert [a["area"] for a in listed if a["name"] == name] == [AREA]


def test_a_second_account_of_a_name_is_refused(account: Any) -> None:
    """Without a key for the one that stands."""
    account("add", "张三", "--role", "viewer")
    ran = account("add", "张三", "--role", "administrator")
    assert (ran.code, ran.out) == (2, "")
    assert "已存在" in ran.err
    assert len(account("keys", "张三", "--format", "json").json) == 1
