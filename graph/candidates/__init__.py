"""Candidates: who could fill the gaps of promotion rules, in what order, and whom a rule bars.

Above judging and checks.
"""

from graph.candidates.find import find_candidates, find_fillers
from graph.candidates.flat import HEADINGS, flat_rows

__all__ = ["HEADINGS", "find_candidates", "find_fillers", "flat_rows"]
