"""Rules read the precision of dates that they compare, in one form; any other is refused."""

from __future__ import annotations

import pytest

from graph.catalogue.dates import DATES, date_problems

GOOD = """// p.filed_on is not read here
MATCH (o:OwnersCommittee)
WITH o, [word IN coalesce(o.date_precision, []) WHERE o.elected_on <= $as_of < CASE word
           WHEN 'elected_on:month' THEN o.elected_on + duration({months: 1, days: -1})
           WHEN 'elected_on:year' THEN o.elected_on + duration({years: 1, days: -1}) END
          | o.id + '.elected_on'] AS begins,
  o.term_until - CASE WHEN 'term_until:month' IN o.date_precision THEN duration({months: 1, days: -1})
                      ELSE duration({days: 0}) END AS first
RETURN o.id AS subject
"""
REFUSED = {
    "a day that may be a month": ("o.id AS subject", "o.filed_on AS subject", 9),
    "another length": (
        "o.elected_on + duration({months: 1, days: -1})",
        "o.elected_on + duration({months: 1})",
        4,
    ),
    "the unit of the other": ("o.elected_on + duration({years", "o.elected_on + duration({months", 5),
    "another date": ("THEN o.elected_on + duration({years", "THEN o.filed_on + duration({years", 5),
    "the wrong way": ("THEN o.elected_on + duration({months", "THEN o.elected_on - duration({months", 4),
}


def test_the_form_is_accepted_and_queries_are_free() -> None:
    """What rules are to write passes; files for analysts may compare as they like."""
    assert date_problems("rules", GOOD) == []
    assert date_problems("queries", GOOD.replace("o.id", "o.filed_on")) == []


@pytest.mark.parametrize("case", REFUSED)
def test_another_form_is_refused_with_its_line(case: str) -> None:
    """Each other way is a problem in its line."""
    form, other, line = REFUSED[case]
    assert form in GOOD
    assert line in {p.line for p in date_problems("coverage", GOOD.replace(form, other))}


def test_the_dates_are_those_of_the_model() -> None:
    """Days of terms, filings, elections and membership are in; a meeting is held on a day."""
    assert {"elected_on", "filed_on", "term_until", "party_joined_on"} <= DATES
    assert "held_on" not in DATES
