"""Coverage: its states against plain Python, its figures, series and gaps."""
