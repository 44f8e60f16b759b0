"""Waivers, decisions and kept runs on both databases; the database itself."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadParameter, EnvironmentFault, NotFound
from graph.ledger import Decision, KeptRun, Ledger, Outcome, Waiver
from graph.ledger.entries import entry_now
from graph.ledger.roles import Role
from tests.ledger.conftest import Place
from tests.postgres_server import PostgresServer

DAY = date(2025, 6, 30)
Opens = Callable[[Place], Ledger]


def names_in(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def waiver(finding: str = "f1") -> Waiver:
    return Waiver(finding, "R15", "990101000000", "理由", "王", DAY, date(2025, 12, 31))


async def test_waivers_hold_from_their_day_and_before_their_end(ledger: Ledger) -> None:
    """Half-open, as everywhere; ending one early ends it that day."""
    (kept,) = await ledger.waive([waiver()])
    assert await ledger.waivers(DAY) == [kept] == await ledger.waivers(date(2025, 12, 30))
    assert await ledger.waivers(date(2025, 12, 31)) == await ledger.waivers(date(2025, 6, 29)) == []
    await ledger.end_waiver(kept.id, DAY)
    assert await ledger.waivers(DAY) == []
    with pytest.raises(NotFound):
        await ledger.end_waiver("无", DAY)


async def test_decisions_are_begun_and_settled(ledger: Ledger) -> None:
    """What a decision holds comes back, with what became of it."""
    begun = Decision(
        "d1",
        "pending",
        "王",
        "2025-06-30T00:00:00+00:00",
        "理由",
        DAY,
        [{"change": "hold", "on": "职务"}],
        [{"id": "f1"}],
        None,
    )
    await ledger.intentions.begin(begun, entry_now("王", "decide"))
    assert await ledger.intentions.pending() == [begun]
    await ledger.intentions.prepare("d1", Outcome([{"finding": "f1"}], 7, [waiver()]))
    assert await ledger.waivers() == []
    assert await ledger.intentions.conclude("d1", "applied")
    (found,) = await ledger.decisions()
    assert (found.state, found.data_version, found.changes) == ("applied", 7, begun.changes)
    (kept,) = await ledger.waivers()
    assert replace(kept, id="", decided_at="") == replace(waiver(), decision="d1")
    assert [e.what for e in await ledger.audit.read()] == ["decide begun", "decide applied"]
    assert await ledger.intentions.pending() == []
    assert not await ledger.intentions.conclude("d1", "void")
    assert not await ledger.intentions.conclude("d2", "void")


async def test_a_change_stands_with_its_entry(ledger: Ledger) -> None:
    """Under a request every change has an entry in its own transaction; what changes nothing has none."""
    with ledger.on_record(entry_now("王", "POST /waivers")) as recording:
        assert not recording.changed
        with pytest.raises(NotFound):
            await ledger.end_waiver("无", DAY)
        assert not recording.changed
        await ledger.waive([waiver()])
        assert recording.changed
    await ledger.waive([waiver("f2")])
    assert [e.what for e in await ledger.audit.read()] == ["POST /waivers done"]


async def test_runs_are_kept(ledger: Ledger) -> None:
    """Whole by their id, without findings in the list."""
    run = KeptRun("六月", "王", None, DAY, 5, {"as_of": "2025-06-30"}, [{"finding": "f1"}])
    kept = await ledger.keep(run)
    assert await ledger.run(kept.id) == kept
    assert [(r.id, r.findings) for r in await ledger.runs()] == [(kept.id, [])]
    with pytest.raises(NotFound):
        await ledger.run("无")


async def test_every_change_is_counted_by_all_instances(place: Place, ledger: Ledger, ledgers: Opens) -> None:
    """Two instances that write at once count every write, the first one too."""
    second = ledgers(place)
    before = await ledger.revision()
    await asyncio.gather(*(each.waive([waiver(f"f{n}")]) for n in range(10) for each in (ledger, second)))
    assert await ledger.revision() == await second.revision() == before + 20
    assert len(await ledger.waivers()) == 20


async def test_a_ledger_that_stood_before_is_used_again(place: Place, ledger: Ledger, ledgers: Opens) -> None:
    """Another instance, later, finds what the first one wrote."""
    kept = await ledger.waive([waiver()])
    await ledger.close()
    assert await ledgers(place).waivers() == kept
    assert await ledger.waivers() == kept


async def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """No one else on the machine reads it, nor the log beside it."""
    ledger = Ledger(tmp_path / "data")
    await ledger.waive([waiver()])
    modes = {p.name: p.stat().st_mode & 0o777 for p in (tmp_path / "data").iterdir()}
    await ledger.close()
    assert modes["ledger.db"] == 0o600
    assert set(modes.values()) == {0o600}


async def test_a_second_ledger_of_a_process_takes_no_locks_away(tmp_path: Path) -> None:
    """Or another process that ends would remove the log from under the first one's writers."""
    first, second = Ledger(tmp_path), Ledger(tmp_path)
    await first.waive([waiver()])
    await second.revision()
    await second.close()
    shown = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM runs')"
    file = str(tmp_path / "ledger.db")
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", f"{shown}; c.close()", file)
    assert await other.wait() == 0
    kept = names_in(tmp_path)
    await first.close()
    assert "ledger.db-wal" in kept


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:geheim@h/d",
        "geheim",
        "postgresql://u:geheim@h:port/d",
        "postgresql://u:a@geheim@h/d",
        "sqlite:///geheim",
    ],
)
def test_a_wrong_address_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    """The sentence names the setting and the form, and repeats nothing of the value."""
    with pytest.raises(EnvironmentFault, match="COBUILD_LEDGER_URL") as found:
        Ledger(tmp_path, url)
    assert "geheim" not in str(found.value)


@pytest.mark.parametrize("form", ["u:geheim@127.0.0.1:{}/d", "127.0.0.1:{}/d?password=geheim"])
async def test_a_server_that_is_away_is_told_without_the_password(tmp_path: Path, form: str) -> None:
    """Where it should be, and that it cannot be reached."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        port = taken.getsockname()[1]
        ledger = Ledger(tmp_path, f"postgresql://{form.format(port)}")
        with pytest.raises(EnvironmentFault, match=str(port)) as found:
            await ledger.revision()
    assert "geheim" not in str(found.value)


async def test_a_server_that_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that takes the connection and says nothing does not hold requests for ever."""
    monkeypatch.setattr("graph.ledger.connection.WAIT", 2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"postgresql://u:geheim@127.0.0.1:{silent.getsockname()[1]}/d"
        with pytest.raises(EnvironmentFault):
            await asyncio.wait_for(Ledger(tmp_path, url).revision(), 10)


async def test_a_wrong_password_is_told_without_it(tmp_path: Path, postgres: PostgresServer) -> None:
    """The server's own refusal, nothing of the address but who and where."""
    url = postgres.address("postgres").replace(postgres.password, "geheim")
    with pytest.raises(EnvironmentFault, match="authentication") as found:
        await Ledger(tmp_path, url).revision()
    assert "geheim" not in str(found.value)


async def test_what_is_done_together_is_kept_together(
    place: Place, ledgers: Callable[[Place], Ledger]
) -> None:
    """A change and the entry about it: both after the end, neither after an error or before."""
    ledger, other = ledgers(place), ledgers(place)

    async def make_account(*, fail: bool = False) -> None:
        async with ledger.together():
            await ledger.audit.append(entry_now("local:x", "cobuild account add"))
            await ledger.accounts.add("甲", Role.viewer, None, by="x")
            assert await ledger.audit.count() == before + 1
            assert await other.audit.count() == before
            if fail:
                raise ZeroDivisionError

    async def kept() -> tuple[int, int]:
        return len(await other.accounts.accounts()), await other.audit.count()

    before = 0
    assert await kept() == (0, 0)
    with pytest.raises(ZeroDivisionError):
        await make_account(fail=True)
    assert await kept() == (0, 0)
    await make_account()
    assert await kept() == (1, 1)
    before = 1
    with pytest.raises(BadParameter):
        await make_account()
    assert await kept() == (1, 1)
    assert (await ledger.audit.verify()).ok
