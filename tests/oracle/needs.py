"""The rule on needs and resources recomputed: R26.

Above the view and the resource paths.
"""

from __future__ import annotations

from collections.abc import Collection

from graph.model import label_of
from tests.oracle.paths import Path, find_paths
from tests.oracle.view import Verdicts, View


def need_has_path(
    view: View,
    *,
    max_hops: int = 6,
    age_days: int = 30,
    fallback_levels: Collection[str] = ("subdistrict", "district"),
) -> Verdicts:
    """R26: a resource that would meet an open need can be reached, or a project meets it."""
    del age_days  # decides how grave a gap is, not whether it is one
    verdicts: Verdicts = {}
    for need in (n["id"] for n in view.of("Need")):
        places = view.ends(need, "CONCERNS")
        if not places:
            continue
        reached = any(
            len(path.edges) <= max_hops and _level_counts(view, path, fallback_levels)
            for path in find_paths(view, need)
        )
        projects = {view.value(p, "status") for p in view.starts(need, "MEETS")}
        known = view.value(need, "resource_categories") is not None
        closed = all(view.complete(s, x) for x in places for s in ("resource", "co_building"))
        if reached or projects - {"done", "stopped"}:
            verdict = "pass"
        else:
            verdict = "fail" if known and closed else "unknown"
        verdicts[need,] = verdict
    return verdicts


def _level_counts(view: View, path: Path, levels: Collection[str]) -> bool:
    """Whether a path leaves the tree of areas at a level that counts."""
    steps = sum("~PART_OF~" in edge for edge in path.edges)
    top = path.nodes[1 + steps]
    above = label_of(top) == "Area" and view.value(top, "level") != "community"
    return steps == 0 or not above or view.value(top, "level") in levels
