"""Found rows: packed, placed, and mended after a change, whoever answers for the rows.

`finder` does it with a `source`: the engine, or the process that holds the graph in columns.
"""
