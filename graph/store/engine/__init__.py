"""The embedded graph engine: ArcadeDB in our own child process, reached over Bolt.

It hands out an address and credentials, never a driver.
"""

from graph.store.engine.embedded import EmbeddedEngine, EngineAddress
from graph.store.engine.writes import WriteCount

__all__ = ["EmbeddedEngine", "EngineAddress", "WriteCount"]
