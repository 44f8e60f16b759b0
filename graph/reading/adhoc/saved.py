"""The parameters of a saved query, bound as those of the catalogue are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graph.catalogue.parameters import REQUIRED, Parameter, bind_all
from graph.ledger import SavedQuery


def bind_saved(saved: SavedQuery, given: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Typed values for every parameter of a saved query; raises `BadParameter`.

    One without a default has to be given; the default of a date may be the text `today`.
    """
    declared = []
    for name, kept in saved.parameters.items():
        default = kept.get("default")
        if default == "today" and kept["type"] == "date":
            default = today
        elif default is None:
            default = REQUIRED
        about = kept.get("about", "")
        bare = Parameter(name, kept["type"], REQUIRED, about, about)
        value = default if default is REQUIRED else bare.bind(default, today)
        declared.append(Parameter(name, kept["type"], value, about, about))
    return bind_all(declared, given, today=today)
