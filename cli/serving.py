"""How the HTTP server runs: bounded connections, no belief in headers of strangers, logs without names."""

from __future__ import annotations

from typing import Any

import uvicorn

from cli.connections import bounded
from cli.logs import log_config
from graph.settings import Settings

APPLICATION = "api.asgi:app"
"""Named, not imported: the command line starts the service without knowing its code."""


def server_config(settings: Settings, application: Any = APPLICATION) -> uvicorn.Config:
    """The configuration of the server; the application itself believes `COBUILD_PROXIES`."""
    return uvicorn.Config(
        application,
        host=settings.host,
        port=settings.port,
        http=bounded(settings.trusted_proxies),
        ws="none",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level="warning",
        log_config=log_config(settings.logs),
    )
