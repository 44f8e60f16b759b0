"""Candidates: who could fill the gaps of promotion rules, in what order, and whom a rule bars."""

from graph.appointments.candidates.find import find_candidates, find_fillers
from graph.appointments.candidates.table import HEADINGS, table_rows

__all__ = ["HEADINGS", "find_candidates", "find_fillers", "table_rows"]
