"""The audit trail: one chain of all writers, in which every change is noticed."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from graph.errors import EnvironmentFault
from graph.ledger import AuditTrail, Entry, Filter, Ledger
from graph.ledger.audit import PART, append_to
from graph.ledger.entries import entry_now
from tests.ledger.conftest import Place
from tests.ledger.writer import COUNT, WRITERS

DAY = datetime(2025, 6, 30, tzinfo=UTC)
FIELDS = (
    "at",
    "who",
    "role",
    "via",
    "what",
    "parameters",
    "area",
    "personal",
    "reason",
    "status",
    "rows",
    "data_version",
    "previous",
    "hash",
)


def entry(number: int, **more: Any) -> Entry:
    """An entry with every field filled; one a day from `DAY` on."""
    known: dict[str, Any] = {
        "at": DAY + timedelta(days=number),
        "who": f"u{number}",
        "what": "GET /api/v1/gaps",
        "via": "key",
        "role": "analyst",
        "parameters": {"area": "990101000000", "k": 3},
        "area": "990101000000",
        "personal": number % 2 == 0,
        "reason": "核查",
        "status": 200,
        "rows": number,
        "data_version": 5,
    }
    return Entry(**known | more)


async def fill(ledger: Ledger, count: int = 6) -> None:
    for number in range(count):
        await ledger.audit.append(entry(number))


async def test_what_wasappend_toed_is_read_again(ledger: Ledger) -> None:
    """Entries come back as they went in, numbered from one, and do not count as a change."""
    revision = await ledger.revision()
    await fill(ledger)
    found = await ledger.audit.read()
    assert [e.seq for e in found] == [1, 2, 3, 4, 5, 6]
    assert [{**vars(e), "seq": 0} for e in found] == [vars(entry(n)) for n in range(6)]
    assert await ledger.revision() == revision
    assert (await ledger.audit.verify()).entries == 6


async def test_entries_are_found_by_what_is_asked(ledger: Ledger) -> None:
    """Time is half-open; who is exact; what is a beginning in which % means itself."""
    await fill(ledger)
    await ledger.audit.append(entry(9, what="POST 100%_x"))

    async def seqs(**wanted: Any) -> list[int]:
        found = Filter(**wanted)
        read = [e.seq for e in await ledger.audit.read(found)]
        assert await ledger.audit.count(found) == len(read)
        return read

    assert await seqs(since=DAY + timedelta(days=1), until=DAY + timedelta(days=3)) == [2, 3]
    assert await seqs(who="u4") == [5]
    assert await seqs(what="POST 100%_") == [7]
    assert await seqs(what="%") == []
    assert await seqs(personal=True) == [1, 3, 5]


async def test_all_entries_are_read_in_parts(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export holds one part at a time and leaves nothing out."""
    monkeypatch.setattr(AuditTrail.read, "__kwdefaults__", {"after": 0, "limit": 4})
    await fill(ledger, 10)
    parts = [[e.seq for e in part] async for part in ledger.audit.read_all()]
    assert parts == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]


async def test_a_chain_longer_than_a_part_is_verified_whole(place: Place, ledger: Ledger) -> None:
    """A change behind the first part is found too."""

    def work(connection: Any) -> None:
        for number in range(PART + 5):
            append_to(connection, entry(number))

    await ledger._database.do(work, writing=True, counted=False)
    assert (await ledger.audit.verify()).entries == PART + 5
    place.open_triggers()
    place.run(f"UPDATE audit SET who = 'x' WHERE seq = {PART + 3}")
    assert (await ledger.audit.verify()).first_bad_seq == PART + 3


async def test_writers_of_two_processes_make_one_chain(place: Place, ledger: Ledger) -> None:
    """Sixteen writers in two processes begin at once on an empty place; all entries stand."""

    async def start(who: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.ledger.writer",
            str(place.folder),
            place.url or "",
            who,
            stderr=asyncio.subprocess.PIPE,
        )

    for process in [await start("a"), await start("b")]:
        _, said = await process.communicate()
        assert process.returncode == 0, said.decode()
    found = await ledger.audit.verify()
    assert (found.ok, found.entries) == (True, 2 * WRITERS * COUNT)
    who = [e.who for e in await ledger.audit.read()]
    assert {w: who.count(w) for w in who} == {f"{p}-{n}": COUNT for p in "ab" for n in range(WRITERS)}


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}x"[-64:]


@pytest.fixture(scope="module")
async def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite ledger of six entries without triggers, to be copied."""
    place = Place(tmp_path_factory.mktemp("chain"), None)
    ledger = place.open()
    await fill(ledger)
    await ledger.close()
    place.open_triggers()
    return place.folder / "ledger.db"


@given(seq=st.integers(1, 6), field=st.sampled_from(FIELDS), null=st.booleans())
@hypothesis_settings(max_examples=60)
def test_any_changed_field_of_any_entry_is_found(
    chain: Path, tmp_path_factory: pytest.TempPathFactory, seq: int, field: str, *, null: bool
) -> None:
    """Whatever is changed behind the ledger's back, the first bad entry is named."""
    place = Place(tmp_path_factory.mktemp("changed"), None)
    shutil.copy(chain, place.folder / "ledger.db")
    ((old,),) = place.run(f"SELECT {field} FROM audit WHERE seq = {seq}")
    nullable = field in ("role", "area", "reason", "status", "rows", "data_version")
    new = None if null and nullable else (1 - old if field == "personal" else other(old))
    place.run(f"UPDATE audit SET {field} = :new WHERE seq = {seq}", new=new)

    async def verify() -> Any:
        ledger = place.open()
        try:
            return await ledger.audit.verify()
        finally:
            await ledger.close()

    with asyncio.Runner() as runner:
        found = runner.run(verify())
    shutil.rmtree(place.folder)
    assert (found.ok, found.first_bad_seq) == (False, seq)


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("UPDATE audit SET reason = 'x' WHERE seq = 2", 2),
        ("UPDATE audit SET personal = NOT personal WHERE seq = 6", 6),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 6", 6),
        ("DELETE FROM audit WHERE seq > 3", 4),
        ("DELETE FROM audit", 1),
        ("DELETE FROM audit_ends", 0),
        ("UPDATE audit_ends SET seq = 5", 5),
        ("UPDATE audit_ends SET hash = '0'", 6),
        ("UPDATE audit_ends SET seq = 7", 7),
        (
            "INSERT INTO audit SELECT 7, at, who, role, via, what, parameters, area, personal, reason,"
            " status, rows, data_version, previous, hash FROM audit WHERE seq = 6",
            7,
        ),
    ],
)
async def test_what_is_cut_out_or_put_in_is_found(
    place: Place, ledger: Ledger, statement: str, bad: int
) -> None:
    """A removed entry, a cut end, a moved head, an entry beside the chain: each is reported."""
    await fill(ledger)
    place.open_triggers()
    place.run(statement)
    found = await ledger.audit.verify()
    assert not found.ok
    assert found.first_bad_seq == bad
    assert found.why_zh
    assert found.why_en


async def test_a_chain_written_anew_is_found_by_a_noted_head(place: Place, ledger: Ledger) -> None:
    """A whole new chain is right in itself; only a head that was noted elsewhere tells."""
    await fill(ledger)
    noted = await ledger.audit.head()
    await ledger.audit.append(entry(7))
    assert (await ledger.audit.verify(noted)).ok
    place.open_triggers()
    emptied = f"UPDATE audit_ends SET seq = 0, hash = '{'0' * 64}'"
    place.run("DELETE FROM audit", "DELETE FROM audit_texts", emptied)
    for number in range(8):
        await ledger.audit.append(entry(number, who="somebody else"))
    assert (await ledger.audit.verify()).ok
    found = await ledger.audit.verify(noted)
    assert (found.ok, found.first_bad_seq) == (False, 6)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'x' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit",
        "at once",
    ],
)
async def test_the_database_itself_refuses_changes(place: Place, ledger: Ledger, statement: str) -> None:
    """Who works on the tables by mistake, or with the service's own rights, is refused."""
    if statement == "at once":  # what asks no trigger of a row
        replacing = "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2"
        statement = "TRUNCATE audit" if place.url else replacing
    await fill(ledger)
    with pytest.raises(DatabaseError, match="append-only"):
        place.run(statement)
    assert (await ledger.audit.verify()).entries == 6


async def test_pruning_keeps_the_chain_and_is_on_record(place: Place, ledger: Ledger) -> None:
    """Old entries go, the rest still verifies, and what was removed is in the trail."""
    await fill(ledger)
    early = await ledger.audit.head()
    by = entry_now("local:x", "cobuild audit prune", parameters={"before": "2025-07-03"})
    assert await ledger.audit.prune(DAY + timedelta(days=3), by) == 3
    found = await ledger.audit.read()
    assert [e.seq for e in found] == [4, 5, 6, 7]
    last = found[-1].parameters
    assert last is not None
    assert (last["before"], last["removed"], last["last_removed"]) == ("2025-07-03", 3, 3)
    assert (await ledger.audit.verify(early)).ok
    assert (await ledger.audit.verify()).entries == 4
    await ledger.audit.append(entry(9))
    with pytest.raises(DatabaseError, match="append-only"):
        place.run("DELETE FROM audit WHERE seq = 4")
    assert await ledger.audit.prune(DAY, by) == 0
    assert (await ledger.audit.verify()).entries == 6
    # All of it, also the entry of the pruning before; and once more.
    assert await ledger.audit.prune(datetime.now(UTC) + timedelta(days=1), by) == 6
    assert (await ledger.audit.verify()).entries == 1


async def test_a_head_before_the_anchor_proves_nothing(place: Place, ledger: Ledger) -> None:
    """Who moves the anchor past a noted head, chain written anew or not, does not pass for it."""
    await fill(ledger)
    noted = (2, (await ledger.audit.head() or (0, ""))[1])
    place.open_triggers()
    rows = place.run("SELECT seq, hash FROM audit ORDER BY seq")
    place.run(
        "DELETE FROM audit WHERE seq <= 4", f"INSERT INTO audit_ends VALUES ('anchor', 4, '{rows[3].hash}')"
    )
    assert (await ledger.audit.verify()).ok
    found = await ledger.audit.verify((2, rows[1].hash))
    assert (found.ok, found.first_bad_seq) == (False, 2)
    assert "无从核对" in str(found.why_zh)
    assert not (await ledger.audit.verify(noted)).ok
    assert (await ledger.audit.verify((4, rows[3].hash))).ok  # the anchor itself is in the chain
    assert not (await ledger.audit.verify((4, "0" * 64))).ok


async def test_pruning_never_removes_what_is_newer(ledger: Ledger) -> None:
    """An instance whose clock is behind writes an old time late: nothing newer goes with it."""
    for day in (0, 1, 10, 2, 11):
        await ledger.audit.append(entry(day))
    assert await ledger.audit.prune(DAY + timedelta(days=5), entry(12)) == 2
    assert [e.seq for e in await ledger.audit.read()] == [3, 4, 5, 6]


async def test_verifying_while_others_prune_andappend_to(ledger: Ledger) -> None:
    """Nothing is called broken that is only being written or pruned."""
    await fill(ledger, 40)

    async def write() -> None:
        for number in range(10):
            await ledger.audit.append(entry(100 + number))
            await ledger.audit.prune(DAY + timedelta(days=3 * number), entry(200))

    async def verify() -> bool:
        return all([(await ledger.audit.verify()).ok for _ in range(10)])

    _, first, second = await asyncio.gather(write(), verify(), verify())
    assert first
    assert second


async def test_text_that_no_database_holds_is_still_recorded(ledger: Ledger) -> None:
    """NUL and half characters come from outside; the request is on record all the same."""
    odd = "a\x00b\ud800c"
    await ledger.audit.append(entry(1, who=odd, what=odd, parameters={"q": odd}))
    assert (await ledger.audit.read())[0].what == "a\ufffdb?c"
    assert (await ledger.audit.verify()).ok


async def test_without_its_head_nothing_is_put_on_record(place: Place, ledger: Ledger) -> None:
    """A chain does not silently begin anew in the middle."""
    await fill(ledger)
    place.run("DELETE FROM audit_ends")
    with pytest.raises(EnvironmentFault):
        await ledger.audit.append(entry(7))


async def test_anappend_to_is_quick(ledger: Ledger, record_property: Any) -> None:
    """Every answer waits for it; the bound is wide, for machines that are shared."""
    await fill(ledger)
    times = []
    for number in range(100):
        begun = time.perf_counter()
        await ledger.audit.append(entry(number))
        times.append(time.perf_counter() - begun)
    record_property("median_ms", sorted(times)[50] * 1000)
    print(f"append: {sorted(times)[50] * 1000:.2f} ms")  # noqa: T201
    assert sorted(times)[50] < 0.05
