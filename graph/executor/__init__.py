"""Rules and dimensions answered in this program: the Cypher of their files, over a graph held in columns.

`columns` is what is held, `child` the process that holds it, `client` how it is asked; `run` compiles and
runs a text. What it cannot compile the engine is asked.
"""
