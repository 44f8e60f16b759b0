"""Appointments before they are made: proposed changes, what they would change, their record.

`proposal` says what may be proposed, `changes` turns it into changes of the graph, `reach` says in which
areas they matter, `rehearse` runs the rules that read what changes (`reading/findings/reach.py`) before and
after inside a transaction that is rolled back, `decide` commits.
"""
