"""Import: a delivery, CSV or workbook, becomes one atomic change of the graph.

In order of work: `delivery` reads a folder, `table` makes its tables typed rows, `check` validates
against the model, `present` reads what the graph holds, `plan` compares, `load` applies the changes
and runs it all. `graph.store` writes changes and keeps the derived edges.
"""
