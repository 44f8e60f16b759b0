"""The HTTP API: FastAPI stands here and nowhere else; `api` imports `graph`, never the reverse."""
