"""Paths: to resources, over posts, between any two nodes."""
