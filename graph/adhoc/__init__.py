"""Ad-hoc Cypher that only reads: guarded, limited, streamed.

Above the store and answers. Whatever a query returns, its values cannot be masked: it runs only
for those who may see personal data.
"""

from graph.adhoc.run import Limits, Running, open_query

__all__ = ["Limits", "Running", "open_query"]
