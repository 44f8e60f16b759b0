"""Reports of the rules: tables with denominators, differences, workbooks, a page of one body.

A figure never hides what is not known: shares are given only where
every row was decided, and what is missing has a table of its own.
"""
