"""Recomputations in plain Python of what the catalogue answers, read off a `GraphBuilder`.

Written from the model alone and never from a query, so that agreement of the two means something.
"""
