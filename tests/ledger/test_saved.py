"""Saved queries: one's own to change, others' to see only if shared."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import NotFound
from graph.ledger import Ledger, SavedQuery
from graph.ledger.roles import Caller, NotAllowed, Role

OWNER = Caller("甲", Role.analyst, via="key")
OTHER = Caller("乙", Role.analyst, via="key")
ADMINISTRATOR = Caller("管", Role.administrator, via="key")


def query(**more: Any) -> SavedQuery:
    known = {
        "name": "mine",
        "owner": "",
        "title": "我的",
        "text": "MATCH (q:Quarter) RETURN q.id",
        "tags": ["覆盖"],
        "parameters": {"day": {"type": "date", "default": "2025-06-30", "about": "日期"}},
    }
    return SavedQuery(**known | more)


async def test_what_was_kept_is_found_by_its_owner(ledger: Ledger) -> None:
    """With all its fields; the owner is who kept it, whatever the query said."""
    kept = await ledger.saved.keep(query(owner="乙"), OWNER)
    assert (kept.owner, kept.parameters) == ("甲", query().parameters)
    assert await ledger.saved.find("mine", OWNER) == kept
    assert await ledger.saved.list(OWNER) == [kept]


@pytest.mark.parametrize(("shared", "seen"), [([], False), (["丙"], False), (["乙"], True), (["*"], True)])
async def test_others_see_what_is_shared(ledger: Ledger, shared: list[str], *, seen: bool) -> None:
    """What one may not see does not exist for one; an administrator sees no more."""
    await ledger.saved.keep(query(shared_with=shared), OWNER)
    assert bool(await ledger.saved.list(OTHER)) is seen
    if not seen:
        with pytest.raises(NotFound, match="mine"):
            await ledger.saved.find("mine", OTHER)
        with pytest.raises(NotFound):
            await ledger.saved.find("mine", ADMINISTRATOR)


async def test_a_caller_of_an_area_sees_what_its_area_shares(ledger: Ledger) -> None:
    """What accounts elsewhere share, or everywhere, may speak of more than the caller may see."""
    near, far = "990101001001", "990101002001"
    for name, area in (("近", near), ("远", far), ("全", None)):
        await ledger.accounts.add(name, Role.analyst, area, by="test")
        owner = Caller(name, Role.analyst, area, via="key")
        await ledger.saved.keep(query(name=f"of_{len(name)}_{area or 'all'}", shared_with=["*"]), owner)
    caller = Caller("乙", Role.analyst, near, via="key")
    assert [q.owner for q in await ledger.saved.list(caller)] == ["近"]
    assert {q.owner for q in await ledger.saved.list(OTHER)} == {"近", "远", "全"}
    with pytest.raises(NotFound):
        await ledger.saved.find(f"of_1_{far}", caller)


async def test_only_the_owner_changes(ledger: Ledger) -> None:
    """Someone else's name is refused; one's own is replaced."""
    await ledger.saved.keep(query(shared_with=["*"]), OWNER)
    with pytest.raises(NotAllowed):
        await ledger.saved.keep(query(text="RETURN 1"), OTHER)
    await ledger.saved.keep(query(title="新"), OWNER)
    assert [q.title for q in await ledger.saved.list(OWNER)] == ["新"]


async def test_owner_and_administrator_drop(ledger: Ledger) -> None:
    """For others there is none, shared or not."""
    await ledger.saved.keep(query(shared_with=["*"]), OWNER)
    with pytest.raises(NotFound):
        await ledger.saved.drop("mine", OTHER)
    await ledger.saved.drop("mine", ADMINISTRATOR)
    await ledger.saved.keep(query(), OWNER)
    await ledger.saved.drop("mine", OWNER)
    with pytest.raises(NotFound):
        await ledger.saved.drop("mine", OWNER)
