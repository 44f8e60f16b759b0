"""The closing plan."""
