"""The client: one method per question of the service, with its parameters and the type of its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import quote

import httpx

from cobuild_client import shapes as s
from cobuild_client.answers import One, Picture, Rows
from cobuild_client.problems import Problem
from cobuild_client.transport import Transport

if TYPE_CHECKING:
    import networkx

Day = date | str | None
"""The day an answer is for; today if None."""
Ids = str | list[str] | None
API = "/api/v1"


class Client:
    """Questions to the service at an address. Close it, or use it in a `with`.

    `key` is a key of an account or a token of the identity provider. `reason` is why personal data
    is asked for; it is kept on record. `timeout` is in seconds. Every method raises `Problem` for what
    the service refuses and `httpx.TransportError` where it cannot be reached.

    >>> with Client("http://127.0.0.1:8000") as cobuild:
    ...     cobuild.gaps(area="990101000000").frame()
    """

    def __init__(
        self, address: str, *, key: str | None = None, reason: str | None = None, timeout: float = 120.0
    ) -> None:
        self._transport = Transport(httpx.Client(base_url=address, timeout=timeout), key, reason)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection back."""
        self._transport.close()

    # What is there

    def places(self) -> Rows[s.PlaceRow]:
        return self._rows("/places", {}, paged=False)

    def place(self, name: str, *, as_of: Day = None) -> One[s.PlaceShape]:
        return self._one(f"/places/{quote(name, safe='')}", {"as_of": as_of})

    def areas(self, *, as_of: Day = None) -> Rows[s.AreaRow]:
        return self._rows("/areas", {"as_of": as_of})

    def area(self, id_: str, *, as_of: Day = None) -> One[s.AreaShape]:
        return self._one(f"/areas/{quote(id_, safe='')}", {"as_of": as_of})

    def node(self, id_: str) -> One[s.NodeShape]:
        return self._one(f"/nodes/{quote(id_, safe='')}", {})

    def neighbours(self, id_: str, *, types: Ids = None, as_of: Day = None) -> Rows[s.NeighbourRow]:
        return self._rows(f"/nodes/{quote(id_, safe='')}/neighbours", {"types": types, "as_of": as_of})

    def search(self, q: str, *, types: Ids = None) -> Rows[s.FoundRow]:
        return self._rows("/search", {"q": q, "types": types})

    def query(self, name: str, **parameters: Any) -> Rows[dict[str, Any]]:
        """A query of the catalogue by its name; `queries` lists them with their parameters."""
        return self._rows(f"/queries/{quote(name, safe='')}", parameters)

    def queries(self) -> Rows[s.QueryShape]:
        return self._rows("/queries", {}, paged=False)

    def model(self) -> One[s.ModelShape]:
        return self._one("/model", {})

    # Coverage and gaps

    def coverage(
        self, *, area: str | None = None, place: str | None = None, dimension: Ids = None, as_of: Day = None
    ) -> Rows[s.CoverageRow]:
        """Covered, gap and unknown per dimension and area."""
        return self._rows("/coverage", {"area": area, "place": place, "dimension": dimension, "as_of": as_of})

    def coverage_changes(
        self,
        from_: date | str,
        to: Day = None,
        *,
        area: str | None = None,
        place: str | None = None,
        dimension: Ids = None,
    ) -> Rows[s.CoverageChangeRow]:
        """What changed between two days; `parts["counts"]` has the counts by area."""
        given = {"from": from_, "to": to, "area": area, "place": place, "dimension": dimension}
        return self._rows("/coverage/changes", given)

    def coverage_series(
        self,
        from_: date | str,
        to: date | str,
        *,
        area: str | None = None,
        place: str | None = None,
        dimension: Ids = None,
    ) -> Rows[s.SeriesRow]:
        """The counts at the end of each month."""
        given = {"from": from_, "to": to, "area": area, "place": place, "dimension": dimension}
        return self._rows("/coverage/series", given)

    def gaps(
        self,
        *,
        area: str | None = None,
        place: str | None = None,
        dimension: Ids = None,
        state: Literal["covered", "gap", "unknown"] = "gap",
        as_of: Day = None,
    ) -> Rows[s.GapRow]:
        given = {"area": area, "place": place, "dimension": dimension, "state": state, "as_of": as_of}
        return self._rows("/gaps", given)

    def gap(
        self,
        dimension: str,
        subject: str,
        *,
        minutes: float = 15.0,
        metres: float = 1000.0,
        as_of: Day = None,
    ) -> One[s.GapShape]:
        """One gap as a whole, with who could close it."""
        path = f"/gaps/{quote(dimension, safe='')}/{quote(subject, safe='')}"
        return self._one(path, {"minutes": minutes, "metres": metres, "as_of": as_of})

    def plan(
        self,
        *,
        area: str | None = None,
        place: str | None = None,
        reach: Literal["community", "subdistrict"] = "subdistrict",
        as_of: Day = None,
    ) -> One[s.PlanShape]:
        """Invitations and matches that close the most gaps of an area."""
        return self._one("/plan", {"area": area, "place": place, "reach": reach, "as_of": as_of})

    # Paths

    def paths(
        self,
        source: str,
        *,
        category: str | None = None,
        to: Ids = None,
        k: int = 5,
        max_hops: int | None = None,
        as_of: Day = None,
    ) -> One[s.PathsShape]:
        """The best ways from a need or a place to resources; its `verdict` tells "none" from "unknown"."""
        given = {"source": source, "category": category, "to": to, "k": k, "max_hops": max_hops}
        return self._one("/paths", {**given, "as_of": as_of})

    def chains(self, source: str, target: str, *, k: int = 3, as_of: Day = None) -> One[s.WaysShape]:
        """Chains of contacts between two persons or bodies."""
        return self._one("/chains", {"source": source, "target": target, "k": k, "as_of": as_of})

    def connections(self, source: str, target: str, *, k: int = 3, as_of: Day = None) -> One[s.WaysShape]:
        """Ways between any two nodes."""
        return self._one("/connections", {"source": source, "target": target, "k": k, "as_of": as_of})

    def analysis(
        self,
        kind: Literal["centrality", "groups", "cut_points", "dependence"],
        *,
        area: str | None = None,
        place: str | None = None,
        as_of: Day = None,
    ) -> Rows[Any]:
        """An analysis of an area's network; each kind has rows of its own type in `shapes`."""
        return self._rows(f"/analyses/{kind}", {"area": area, "place": place, "as_of": as_of})

    # Rules

    def checks(
        self,
        *,
        area: str | None = None,
        place: str | None = None,
        rule: str | None = None,
        verdict: Literal["pass", "fail", "unknown", "not_possible", "not_applicable"] | None = None,
        as_of: Day = None,
    ) -> Rows[s.CheckRow]:
        """Findings of the rules; `parts["tally"]` counts the verdicts over all rows."""
        given = {"area": area, "place": place, "rule": rule, "verdict": verdict, "as_of": as_of}
        return self._rows("/checks", given)

    def rules(self) -> Rows[s.RuleShape]:
        return self._rows("/rules", {}, paged=False)

    def rule(self, name: str, *, as_of: Day = None) -> One[s.RuleDetail]:
        return self._one(f"/rules/{quote(name, safe='')}", {"as_of": as_of})

    def law(
        self, *, area: str | None = None, place: str | None = None, rule: str | None = None, as_of: Day = None
    ) -> Rows[s.LawRow]:
        """The texts that each rule rests on, with their days of effect."""
        return self._rows("/law", {"area": area, "place": place, "rule": rule, "as_of": as_of})

    def law_changes(
        self,
        from_: date | str,
        to: date | str,
        *,
        area: str | None = None,
        place: str | None = None,
        rule: str | None = None,
    ) -> Rows[s.LawChange]:
        """Texts and settings that differ between two days."""
        given = {"from": from_, "to": to, "area": area, "place": place, "rule": rule}
        return self._rows("/law/changes", given)

    def law_verdicts(
        self,
        from_: date | str,
        to: date | str,
        *,
        area: str | None = None,
        place: str | None = None,
        rule: str | None = None,
        by: Literal["law", "records", "both"] | None = None,
    ) -> Rows[s.LawVerdict]:
        """Verdicts that differ between two days, and whether the law or the records made them so."""
        given = {"from": from_, "to": to, "area": area, "place": place, "rule": rule, "by": by}
        return self._rows("/law/verdicts", given)

    def candidates(
        self,
        *,
        area: str | None = None,
        place: str | None = None,
        rule: str | None = None,
        subject: str | None = None,
        as_of: Day = None,
    ) -> Rows[s.CandidateRow]:
        """Who could close the gaps of promotion rules; `parts["gaps"]` lists those gaps."""
        given = {"area": area, "place": place, "rule": rule, "subject": subject, "as_of": as_of}
        return self._rows("/candidates", given)

    def check_appointments(self, proposal: Mapping[str, Any]) -> One[s.EffectsShape]:
        """What a proposal would change in the findings; nothing is written."""
        answer = self._transport.ask(f"{API}/appointments/check", {}, body=dict(proposal), method="POST")
        return One(**answer.json())

    # Reports, files, graphs, Cypher

    def reports(
        self,
        *,
        area: str | None = None,
        place: str | None = None,
        by: Literal["rule", "area", "severity", "body"] = "rule",
        as_of: Day = None,
    ) -> Rows[s.ReportRow]:
        return self._rows("/reports", {"area": area, "place": place, "by": by, "as_of": as_of})

    def calendar(
        self, *, area: str | None = None, place: str | None = None, days: int = 90, as_of: Day = None
    ) -> Rows[s.CalendarRow]:
        """Terms and contracts that end within so many days."""
        return self._rows("/reports/calendar", {"area": area, "place": place, "days": days, "as_of": as_of})

    def missing(
        self, *, area: str | None = None, place: str | None = None, as_of: Day = None
    ) -> Rows[s.MissingRow]:
        """Which registers and values would settle how many verdicts that are unknown."""
        return self._rows("/reports/missing", {"area": area, "place": place, "as_of": as_of})

    def missing_by_area(
        self,
        *,
        area: str | None = None,
        place: str | None = None,
        level: str | None = None,
        as_of: Day = None,
    ) -> Rows[s.MissingAreaRow]:
        """The same added up for an area and those directly in it, or those of a level."""
        given = {"area": area, "place": place, "level": level, "as_of": as_of}
        return self._rows("/reports/missing/areas", given)

    def difference(
        self, from_: date | str, to: Day = None, *, area: str | None = None, place: str | None = None
    ) -> Rows[s.ReportChangeRow]:
        """Findings that are new, gone, staying or changed between two days; `parts` counts them."""
        return self._rows("/reports/difference", {"from": from_, "to": to, "area": area, "place": place})

    def download(self, path: str, *, to: str | Path, **parameters: Any) -> Path:
        """A file as the service makes it, such as `/api/v1/coverage/export`, written whole or not at all."""
        answer = self._transport.ask(path, parameters)
        target = Path(to)
        part = target.with_name(f"{target.name}.part")
        part.write_bytes(answer.content)
        return part.replace(target)

    def graph(
        self,
        *,
        area: str | None = None,
        node: str | None = None,
        path: str | None = None,
        appointments: str | None = None,
        rings: str | None = None,
        as_of: Day = None,
        **settings: Any,
    ) -> networkx.MultiDiGraph[str]:
        """One view (`area`, `node`, `path`, `appointments` or `rings`) as a graph of networkx.

        `settings` are those of the view: `hops`, `types`, `cap`, `ended`, `category`. The graph's
        attribute `stamp` says where it comes from, `cut` whether anything was left out.
        """
        import networkx as nx

        views = {"area": area, "node": node, "path": path, "appointments": appointments, "rings": rings}
        answer, stamp, cut = self._view({**views, "as_of": as_of, **settings}, "nodelink")
        graph: networkx.MultiDiGraph[str] = nx.node_link_graph(answer.json(), edges="edges")  # type: ignore[assignment]
        graph.graph |= {"stamp": stamp, "cut": cut}
        return graph

    def picture(
        self,
        *,
        area: str | None = None,
        node: str | None = None,
        path: str | None = None,
        appointments: str | None = None,
        rings: str | None = None,
        as_of: Day = None,
        **settings: Any,
    ) -> Picture:
        """One view as the service draws it, with title and legend: a notebook shows it.

        What it takes is what `graph` takes.
        """
        views = {"area": area, "node": node, "path": path, "appointments": appointments, "rings": rings}
        answer, stamp, cut = self._view({**views, "as_of": as_of, **settings}, "svg")
        return Picture(answer.text, stamp, cut)

    def _view(self, asked: Mapping[str, Any], form: str) -> tuple[httpx.Response, s.Stamp, bool]:
        """A view in a format, its stamp, and whether anything was left out."""
        answer = self._transport.ask(f"{API}/graph", {**asked, "format": form})
        stamp: s.Stamp = json.loads(answer.headers["Cobuild-Stamp"])
        return answer, stamp, answer.headers.get("Cobuild-Truncated") == "true"

    def cypher(
        self, query: str, limits: Mapping[str, float] | None = None, /, **parameters: Any
    ) -> Rows[dict[str, Any]]:
        """The rows of an ad-hoc query that only reads; `limits` (`rows`, `seconds`) lower the service's own.

        `parts["cut"]` names the limit that cut the rows, None if all are there; `parts["notices"]`
        are the service's hints.
        """
        return self._run("/cypher", {"query": query, "parameters": parameters, "limits": limits or {}})

    def saved(
        self, name: str, limits: Mapping[str, float] | None = None, /, **parameters: Any
    ) -> Rows[dict[str, Any]]:
        """The rows of a saved query, one's own or shared with one, as `cypher` gives them."""
        body = {"parameters": parameters, "limits": limits or {}}
        return self._run(f"/saved/{quote(name, safe='')}/run", body)

    def _run(self, path: str, body: Mapping[str, Any]) -> Rows[dict[str, Any]]:
        answer = self._transport.ask(API + path, {}, body=body, method="POST").json()
        if "error" in answer:  # after the first rows the answer has begun with 200
            raise Problem(answer["error"])
        parts = {name: answer[name] for name in ("cut", "notices") if name in answer}
        rows = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
        return Rows(rows, answer["stamp"], parts)

    def _one(self, path: str, parameters: Mapping[str, Any]) -> One[Any]:
        return One(**self._transport.ask(API + path, parameters).json())

    def _rows(self, path: str, parameters: Mapping[str, Any], *, paged: bool = True) -> Rows[Any]:
        if not paged:
            answer = self._transport.ask(API + path, parameters).json()
            return Rows(answer["data"], answer["stamp"])
        pages = self._transport.pages(API + path, parameters)
        first = pages[0]["data"]
        if isinstance(first, list):
            return Rows([row for page in pages for row in page["data"]], pages[0]["stamp"])
        parts = {name: part for name, part in first.items() if name != "rows"}
        return Rows([row for page in pages for row in page["data"]["rows"]], pages[0]["stamp"], parts)
