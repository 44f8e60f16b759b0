"""Appointments before they are made: proposed changes, what they would change, their record.

`proposal` says what may be proposed, `plan` turns it
into changes of the graph, `reach` says which rules and areas they touch, `rehearse` runs those
before and after inside a transaction that is rolled back, `decide` commits.
"""
