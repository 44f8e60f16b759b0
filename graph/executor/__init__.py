"""Files of the catalogue run over a graph held in columns: parsed, turned into Python, and called.

`columns` is the graph, `changing` brings it up to date, `child` is the process that holds it, and `client`
asks that. `parser` reads a text, the `code_*` modules turn it into Python, `run` calls what came of it. The
engine's answer is the standard: `tests/executor` compares the rows of every file. A text that uses something
else raises `NotCompiled`: then the engine is asked.
"""
