"""Values that no engine, ledger or file can take are refused by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.values import DEEPEST, check_body, check_value, check_values
from graph.errors import BadParameter


def nested(levels: int) -> Any:
    """A list in a list, and so on."""
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


WRONG = [2**63, float("inf"), float("nan"), "\ud800", {"a": ["\udc00"]}, {"\ud800": 1}, nested(100_000)]


@pytest.mark.parametrize("value", WRONG, ids=range(len(WRONG)))
@pytest.mark.parametrize(
    "check",
    [
        lambda v: check_value("x", v),
        lambda v: check_values({"x": v}),
        lambda v: check_body({"x": v}),
        lambda v: check_body({"parameters": {"x": v}}),
        lambda v: check_body({"changes": [{"x": v}]}),
    ],
)
def test_the_parameter_is_named(check: Callable[[Any], None], value: Any) -> None:
    """Wherever it is given, and however deep what is wrong with it lies."""
    with pytest.raises(BadParameter) as refused:
        check(value)
    assert refused.value.subject == "x"


def test_what_can_be_taken_passes() -> None:
    """Also the greatest number, a date, null, and as many levels as there may be."""
    check_values({"x": [2**63 - 1, -(2**63), 1.5, True, None, "𠮷", date(1, 1, 1)], "y": nested(DEEPEST)})
    check_body([{"a": 1}])
    check_body({"text": "MATCH (n)\n RETURN n", "parameters": {"x": "\x1b"}})


def test_a_query_of_the_catalogue_refuses_half_of_a_pair() -> None:
    """A text on the command line that is no UTF-8 arrives so."""
    query = Catalogue.load()["quarters"]
    with pytest.raises(BadParameter, match="DCFF"):
        query.bind({"area": "\udcff"}, today=date(2025, 6, 30))
