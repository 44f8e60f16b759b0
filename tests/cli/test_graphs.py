"""`cobuild graph`: a view to a file or to standard output, its stamp on standard error."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.views import FORMATS
from tests.cli.running import cobuild, on_loaded

__all__ = ["cobuild", "on_loaded"]

RINGS = ("graph", "--rings", "po-990101-c01", "--as-of", "2025-06-30")


def test_a_format_is_printed_as_it_is(on_loaded: Any) -> None:
    """Standard output holds the document alone, standard error the stamp."""
    ran = on_loaded(*RINGS, "--format", "nodelink")
    assert ran.code == 0
    assert "committee_graph@" in ran.err
    found: Any = nx.node_link_graph(ran.json, edges="edges")
    assert {n for n, ring in found.nodes(data="ring") if ring == 0} == {"po-990101-c01"}
    other: Any = nx.parse_graphml(on_loaded(*RINGS, "--format", "graphml").out)
    assert set(other.nodes) == set(found.nodes)
    assert other.number_of_edges() == found.number_of_edges() > 0


def test_a_csv_file_is_one_that_excel_opens(on_loaded: Any, tmp_path: Path) -> None:
    """With the mark in a file, without on standard output; the rows are the same."""
    file = tmp_path / "关系.csv"
    ran = on_loaded(*RINGS, "--format", "csv", "-o", str(file))
    assert (ran.code, ran.out) == (0, "")
    assert str(file) in ran.err
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    printed = on_loaded(*RINGS, "--format", "csv").out
    rows = [list(csv.reader(io.StringIO(t))) for t in (content.decode("utf-8-sig"), printed)]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 10


@pytest.mark.parametrize("format_", ["graphml", "gexf", "cytoscape"])
def test_a_file_is_written_whole(on_loaded: Any, tmp_path: Path, format_: str) -> None:
    """What networkx reads back has the nodes that were written."""
    file = tmp_path / f"view.{FORMATS[format_].suffix}"
    ran = on_loaded("graph", "--place", "shigu", "--format", format_, "-o", str(file))
    assert ran.code == 0
    read: Any = {
        "graphml": nx.read_graphml,
        "gexf": nx.read_gexf,
        "cytoscape": lambda path: nx.cytoscape_graph(json.loads(path.read_text("utf-8"))),
    }[format_]
    assert f"{read(file).number_of_nodes()} 个节点" in ran.err


def test_a_cut_and_a_mistake_are_told(on_loaded: Any) -> None:
    """A warning where something is left out; a setting of another view is wrong use."""
    cut = on_loaded("graph", "--area", "990101001001", "--limit", "5", "--format", "d3")
    assert cut.code == 0
    assert len(cut.json["nodes"]) == 5
    assert "cut at its limits" in cut.err
    wrong = on_loaded("graph", "--area", "990101001001", "--hops", "2")
    assert wrong.code == 2
    assert "hops" in wrong.err
    assert on_loaded("graph").code == 2
