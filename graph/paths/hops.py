"""Hops and ways in words: one sentence per hop, in Chinese and English, with its date and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from graph.model import EDGES, OPEN_START, label_of, walk_cost
from graph.paths.shapes import Hop, Way
from graph.reading.masking import is_withheld
from graph.store import Row

PERSON_ZH, PERSON_EN = "某人", "a person"

_SENTENCES: dict[str, tuple[str, str]] = {
    "PART_OF": ("“{a}”属于“{b}”", "{a} is part of {b}"),
    "SUBORDINATE_TO": ("“{a}”隶属于“{b}”", "{a} is subordinate to {b}"),
    "COVERS": ("“{a}”覆盖“{b}”", "{a} covers {b}"),
    "SERVES": ("“{a}”服务“{b}”", "{a} serves {b}"),
    "OPERATED_BY": ("“{a}”由“{b}”运营", "{a} is operated by {b}"),
    "BASED_IN": ("“{a}”位于“{b}”", "{a} is based in {b}"),
    "HOLDS_POST": ("{a}在“{b}”任职", "{a} holds a post in {b}"),
    "EMPLOYED_BY": ("{a}任职于或入股“{b}”", "{a} is employed by or holds shares of {b}"),
    "CO_BUILDS": ("“{a}”与“{b}”共建", "{a} co-builds with {b}"),
    "OFFERS": ("“{a}”提供“{b}”", "{a} offers {b}"),
    "CONCERNS": ("“{a}”涉及“{b}”", "{a} concerns {b}"),
    "MEETS": ("“{a}”对接“{b}”", "{a} meets {b}"),
    "USES": ("“{a}”使用“{b}”", "{a} uses {b}"),
    "TAKES_PART_IN": ("“{a}”参加“{b}”", "{a} takes part in {b}"),
    "ESCALATES_TO": ("“{a}”上报“{b}”", "{a} escalates to {b}"),
}
"""An edge from a to b, by its type; the sentence of a hop reads as its edge points, either way it is walked.

A type that is not here is given by its name: “a”—name—“b”.
"""


def make_hop(
    *,
    edge: str,
    type_: str,
    cost: int,
    here: str,
    there: str,
    names: Mapping[str, str | None],
    since: date,
    source: str,
    known: bool = True,
) -> Hop:
    """One hop with its two sentences.

    `from` and `to` are as walked; `since` is null where the start is not known.
    """
    a, b = (here, there) if edge.startswith(f"{here}~") else (there, here)
    zh, en = _SENTENCES.get(type_) or (
        f"“{{a}}”—{EDGES[type_].zh}—“{{b}}”",
        f"{{a}} – {EDGES[type_].en} – {{b}}",
    )
    known = known and since > OPEN_START
    when_zh = f"自 {since} 起" if known else "起始日不详"
    when_en = f"since {since}" if known else "start not known"
    sentence_zh = zh.format(a=shown(a, names, PERSON_ZH), b=shown(b, names, PERSON_ZH))
    sentence_en = en.format(a=shown(a, names, PERSON_EN), b=shown(b, names, PERSON_EN))
    return {
        "edge": edge,
        "type": type_,
        "cost": cost,
        "from": here,
        "from_name": names.get(here),
        "to": there,
        "to_name": names.get(there),
        "since": since if known else None,
        "since_known": known,
        "source": source,
        "sentence_zh": f"{sentence_zh}（{when_zh}，据 {source}）",
        "sentence_en": f"{sentence_en} ({when_en}, source {source})",
    }


def make_hop_of_row(row: Row, i: int, names: dict[str, str | None]) -> Hop:
    """The i-th hop of a row of the path files."""
    return make_hop(
        edge=row["edges"][i],
        type_=row["types"][i],
        cost=walk_cost(row["types"][i]) or 0,
        here=row["nodes"][i],
        there=row["nodes"][i + 1],
        names=names,
        since=row["starts"][i],
        source=row["sources"][i],
        known=row["known"][i],
    )


def shown(node: str, names: Mapping[str, str | None], person: str) -> str:
    """The name of a node in a sentence; a withheld person is `person` with the id's last part."""
    name = names.get(node)
    if name and not is_withheld(name):
        return name
    return f"{person}（{node}）" if label_of(node) == "Person" else node


def make_way(rank: int, hops: Sequence[Hop]) -> Way:
    """A way from its hops, with its cost by edge type and two sentences."""
    stops = [hops[0]["from"], *(h["to"] for h in hops)] if hops else []
    names = {h["from"]: h["from_name"] for h in hops} | {h["to"]: h["to_name"] for h in hops}
    costs: Counter[str] = Counter()
    for hop in hops:
        costs[hop["type"]] += hop["cost"]
    return {
        "rank": rank,
        "cost": sum(costs.values()),
        "costs": dict(costs),
        "nodes": [{"id": n, "label": label_of(n), "name": names[n]} for n in stops],
        "hops": list(hops),
        "sentence_zh": "；".join(h["sentence_zh"] for h in hops) + "。",
        "sentence_en": "; ".join(h["sentence_en"] for h in hops) + ".",
    }
