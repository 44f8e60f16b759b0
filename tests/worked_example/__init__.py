"""The invented district: its figures and its hand-placed cases."""
