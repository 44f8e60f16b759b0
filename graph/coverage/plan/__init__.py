"""The closing plan: which invitations and matches close the most gaps of an area.

Above answers and coverage. `choose` is networkx on plain data, `plan` reads the graph and tells.
"""

from graph.coverage.plan.make import find_plan

__all__ = ["find_plan"]
