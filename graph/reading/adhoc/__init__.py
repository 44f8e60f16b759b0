"""Ad-hoc Cypher that only reads: guarded, limited, streamed.

Whatever a query returns, its values cannot be masked: who may not see
personal data, or not all areas, asks a copy that does not hold the rest (`graph.reading.scoped`).
"""

from graph.reading.adhoc.run import QueryLimits, Running, csv_cells, open_query

__all__ = ["QueryLimits", "Running", "csv_cells", "open_query"]
