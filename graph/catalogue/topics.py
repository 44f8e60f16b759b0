"""Topics by which people look for a question: a file of `queries/` names one, other folders are one each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Topic = Literal[
    "areas",
    "bodies",
    "cobuilding",
    "coverage",
    "rules",
    "candidates",
    "closers",
    "paths",
    "figures",
    "network",
    "scopes",
]
TOPICS: tuple[Topic, ...] = get_args(Topic)
FOLDER_TOPICS: Mapping[str, Topic] = {
    "coverage": "coverage",
    "rules": "rules",
    "candidates": "candidates",
    "closers": "closers",
    "paths": "paths",
    "scopes": "scopes",
}
