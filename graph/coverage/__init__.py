"""Coverage: counts in three states, published figures beside, change over time, gaps and closers.

One catalogue file per dimension gives a row per subject;
everything here is made from those rows.
"""
