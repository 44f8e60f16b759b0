"""What describes the API: envelope and row shapes, listings, the OpenAPI document, the /docs page."""
