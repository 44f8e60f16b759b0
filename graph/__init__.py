"""The graph of neighbourhood organizations: model, engines, import and answers."""

__version__ = "0.1.0"
