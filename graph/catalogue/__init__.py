"""The catalogue: questions, rules and dimensions as files, and the profiles that set their parameters.

In reading order: `parameters` types the parameters, `headers` is what a file's header says, `tags` reads
it and `telling` what it says of secrets, `queries` holds all files, `profile_files` reads a profile,
`profiles` chains them, `profile_rows` shows them.
"""

from graph.catalogue.queries import Catalogue, Query, Select

__all__ = ["Catalogue", "Query", "Select"]
