"""Kept findings: what a rule or dimension gives for a place, found once and cut for every area.

`find` gives the rows of a question, from memory, from the shelf or from the engine; `unit` is what is
kept of one file in one place on one day, `placing` says in which areas each row counts, `shelf`
holds the files, `remembered` what is in memory.
"""
