"""The catalogue: questions, rules and dimensions as files, and the profiles that set their parameters.

In reading order: `parameters` types the parameters, `headers` reads a file's header, `queries` holds
all files, `profile_files` reads a profile, `profiles` chains them, `profile_rows` shows them.
"""

from graph.catalogue.queries import Catalogue, Query, Select

__all__ = ["Catalogue", "Query", "Select"]
