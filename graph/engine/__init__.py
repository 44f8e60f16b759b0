"""The embedded graph engine: ArcadeDB in a child process of ours, reached over Bolt.

Stands beside the store in the layers: it hands out an address and credentials, never a driver.
"""

from graph.engine.embedded import EmbeddedEngine, EngineAddress
from graph.engine.writes import WriteCount

__all__ = ["EmbeddedEngine", "EngineAddress", "WriteCount"]
