"""A program of its own, since a process has one JVM: `load_file.py TOOLKIT.jar FILE` writes JSON."""

from __future__ import annotations

import json
import sys

import jpype


def main(jar: str, path: str) -> None:
    """Import the file into a new workspace as the program's own "open" does."""
    jpype.startJVM("-Djava.awt.headless=true", "-Xmx512m", classpath=[jar], convertStrings=True)
    lookup = jpype.JClass("org.openide.util.Lookup").getDefault().lookup
    projects = lookup(jpype.JClass("org.gephi.project.api.ProjectController"))
    projects.newProject()
    workspace = projects.getCurrentWorkspace()
    imports = lookup(jpype.JClass("org.gephi.io.importer.api.ImportController"))
    container = imports.importFile(jpype.JClass("java.io.File")(path))
    issues = [str(issue.getMessage()) for issue in container.getReport().getIssuesList(100)]
    processor = jpype.JClass("org.gephi.io.processor.plugin.DefaultProcessor")()
    imports.process(container, processor, workspace)
    models = lookup(jpype.JClass("org.gephi.graph.api.GraphController"))
    graph = models.getGraphModel(workspace).getGraph()
    edges = sorted(
        [str(e.getId()), str(e.getSource().getId()), str(e.getTarget().getId()), float(e.getWeight())]
        for e in graph.getEdges().toArray()
    )
    nodes = sorted([str(n.getId()), str(n.getLabel())] for n in graph.getNodes().toArray())
    sys.stdout.write(json.dumps({"nodes": nodes, "edges": edges, "issues": issues}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
