"""The catalogue: headers, every file on both engines, profiles."""
