"""The model and its dictionary."""
