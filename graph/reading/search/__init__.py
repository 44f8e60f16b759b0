"""Search: a thing by whatever a person types for it, and by what it was found.

Two spellings are one (`graph.spelling`). In reading order: `words` knows other words for the same,
`pinyin` makes a pattern of letters, `shelves` keeps the names of each type in one text, `match` looks
for the words there, `areas` says where a hit lies, `find` puts the question and makes the rows, `near`
says which names are the likest where nothing was found, `persons` takes a person's whole name for the id.
"""

from graph.reading.search.areas import add_areas
from graph.reading.search.find import MOST_FOUND, search
from graph.reading.search.near import search_near
from graph.reading.search.persons import may_name, persons_called, persons_named, told_apart

__all__ = [
    "MOST_FOUND",
    "add_areas",
    "may_name",
    "persons_called",
    "persons_named",
    "search",
    "search_near",
    "told_apart",
]
