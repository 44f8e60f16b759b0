"""Hops and ways in words: one sentence per hop, in Chinese and English, with its date and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from graph.model import EDGES, OPEN_START, label_of, walk_cost
from graph.model.precision import MARKS, shown_day
from graph.paths.shapes import Hop, Way
from graph.reading.masking import is_withheld
from graph.store import Row

PERSON_ZH, PERSON_EN = "某人", "a person"


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
    precision: Sequence[str] = (),
) -> Hop:
    """One hop with its two sentences.

    `from` and `to` are as walked; `since` is null where the start is not known. `precision` is
    the edge's `date_precision`: of which dates the month or year alone is known; sentences have them so.
    """
    a, b = (here, there) if edge.startswith(f"{here}~") else (there, here)
    kind = EDGES[type_]
    zh, en = kind.sentence or (f"“{{a}}”—{kind.zh}—“{{b}}”", f"{{a}} – {kind.en} – {{b}}")
    known = known and since > OPEN_START
    day = shown_day({"since": since, MARKS: precision}, "since")
    when_zh = f"自 {day} 起" if known else "起始日不详"
    when_en = f"since {day}" if known else "start not known"
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
        "date_precision": list(precision),
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
        precision=row["precisions"][i],
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
