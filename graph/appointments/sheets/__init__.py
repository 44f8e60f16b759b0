"""Proposals of appointments as sheets: read, answered by a marked copy, and an empty one to fill in."""
