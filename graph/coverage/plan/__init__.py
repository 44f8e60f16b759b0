"""The closing plan: which invitations and matches close the most gaps of an area.

`choose` is networkx on plain data, `make` reads the graph, `steps` puts the plan into words.
"""

from graph.coverage.plan.make import find_plan

__all__ = ["find_plan"]
