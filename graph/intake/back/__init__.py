"""Back to the department: the register they gave, with what the graph says of each row beside it.

In reading order: `better` compares cells with the graph, `said` collects what rules and dimensions say of
the things of a row, `give` writes both into a copy, `task` is that of a process.
"""
