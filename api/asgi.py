"""The application for ASGI servers: `uvicorn api.asgi:app`."""

from api.app import create_app
from graph.settings import Settings

app = create_app(Settings.from_environment())
