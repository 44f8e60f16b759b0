"""Who asks: tokens of an identity provider."""
