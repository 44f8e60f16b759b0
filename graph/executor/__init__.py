"""Files of the catalogue run over a graph held in columns: parsed, turned into Python, and called.

The engine's answer is the standard: `tests/executor` compares the rows of every file. A text that uses
what is not compiled here raises `NotCompiled`, and the engine is asked.
"""
