"""Whether the rules that a manifest names are those that its area is judged by.

Which profile applies is said by the profiles themselves (`area` in `profiles/<name>.toml`): the one
of the nearest area at or above. A manifest that names another changes nothing, so it is reported.
"""

from __future__ import annotations

import tomllib

from graph.data_files import data_folder
from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.store import Store

NATIONAL = "national"


async def find_overruled(store: Store, delivery: Delivery) -> list[Finding]:
    """A warning if the manifest's profile is not that of its area; none where it names none."""
    manifest = delivery.manifest
    if manifest.profile is None:
        return []
    applies = await _profile_of(store, delivery, manifest.area)
    if applies == manifest.profile:
        return []
    where = manifest.area or "未注明的辖区"
    return [
        Finding(
            "manifest.toml",
            0,
            "profile",
            manifest.profile,
            f"不起作用：{where} 适用规则集 {applies}，由规则集文件的 area 决定",
            f"has no effect: {manifest.area or 'no area'} is judged by {applies}, "
            "as the profiles' own `area` says",
            "warning",
        )
    ]


async def _profile_of(store: Store, delivery: Delivery, area: str | None) -> str:
    """The profile of the nearest area at or above, by the delivery's own edges and the graph's."""
    by_area = {}
    for path in sorted(data_folder("profiles").glob("*.toml")):
        of = tomllib.loads(path.read_text("utf-8")).get("area")
        if of is not None:
            by_area[of] = path.stem
    parents = {e.start: e.end for e in delivery.edges.of("PART_OF")}
    seen: set[str] = set()
    while area is not None and area not in seen:
        if area in by_area:
            return by_area[area]
        seen.add(area)
        area = parents.get(area) or await _parent(store, area)
    return NATIONAL


async def _parent(store: Store, area: str) -> str | None:
    text = "MATCH (:Area {id: $id})-[e:PART_OF]->(b:Area) RETURN b.id AS id ORDER BY e.until DESC LIMIT 1"
    rows = (await store.read([(text, {"id": area})]))[0]
    return rows[0]["id"] if rows else None
