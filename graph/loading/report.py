"""What a load did, for the person who ran it: counts of changes, and what to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.outcome import Line
from graph.loading.plan import Difference, Options, Plan


@dataclass
class LoadReport:
    """What a load did: counts of changes, and what the person who ran it should look at."""

    folder: str
    place: str
    created: int = 0
    changed: int = 0
    ended: int = 0
    removed: int = 0
    unchanged: int = 0
    derived: int = 0
    version: int = 0
    already: bool = False
    """This delivery is already in the graph: nothing was written."""
    dry_run: bool = False
    """Nothing was written: the counts are what a load would do; `derived` was not computed."""
    warnings: list[Finding] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    taken_over: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    """Elements of another source that got values which it had left empty."""
    conflicts: list[Difference] = field(default_factory=list)
    """Values that differ from those of another source, whose values stay."""
    changed_since: list[Difference] = field(default_factory=list)
    """What others changed since this source's last delivery, where this one repeats the old value."""
    held: list[str] = field(default_factory=list)
    lines: Callable[[], Iterable[Line]] = field(default=tuple, compare=False, repr=False)
    """Every change and difference; made when asked for, since a first load has one per row."""


def already_loaded(delivery: Delivery, version: int, findings: Iterable[Finding] = ()) -> LoadReport:
    """The report on a delivery that changes nothing."""
    found = LoadReport(str(delivery.folder), delivery.manifest.place, version=version, already=True)
    unchanged = len(delivery.nodes) + len(delivery.edges)
    return replace(found, unchanged=unchanged, warnings=_warnings(findings))


def report_on(delivery: Delivery, plan: Plan, findings: list[Finding], options: Options) -> LoadReport:
    """The report on what a plan changes."""
    return LoadReport(
        str(delivery.folder),
        delivery.manifest.place,
        **plan.changes.counts(),
        unchanged=plan.unchanged,
        warnings=_warnings(findings),
        emptied=plan.emptied,
        gone=plan.gone,
        taken_over=plan.taken_over,
        filled=plan.filled,
        conflicts=plan.conflicts,
        changed_since=plan.changed_since,
        held=plan.held if options.missing == "remove" else [],
    )


def _warnings(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.level == "warning"]
