"""A register in its own form: a flat sheet of a department becomes a delivery, ids given here.

In reading order: `shown` makes of a stored value what the clerk sees, `xlsx`, `xls`, `ods` and
`flat` read a file, `sheets` chooses among them, `kinds` says what a register of a kind holds,
`headings` finds the heading and proposes which column is what, `forms` keeps that for the next
delivery; `likeness` says when two names are one, `values` makes values of words, `known` reads what the
graph holds, `ids` finds or gives ids, `rows` makes nodes and edges of each row in a `draft` (`reading` is
what its parts `areas` and `people` share), `deliver` loads it.
"""
