"""Excel in and out: templates made from the model, filled workbooks read, results written.

In order of work: `layout` says which sheets and
headings there are, `template` writes them empty, `archive` looks a file over before anything reads
it, `values` makes text of cells, `read` a delivery of the sheets, `marks` writes findings back into
a copy, `sheets` styles what is given out, `results` makes a workbook of an answer, `csv_file` CSV.
"""
