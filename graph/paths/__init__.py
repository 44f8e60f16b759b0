"""Paths: from a need, place, body or person to resources; between any two nodes; over posts.

Resource paths are catalogue files; chains and connections are searched here, over
the edges that the model lets them walk.
"""

from graph.paths.chains import MAX_HOPS, find_chains, find_connections
from graph.paths.resources import LONGEST_PATH, MAX_PATHS, find_paths, find_paths_of_area

__all__ = [
    "LONGEST_PATH",
    "MAX_HOPS",
    "MAX_PATHS",
    "find_chains",
    "find_connections",
    "find_paths",
    "find_paths_of_area",
]
