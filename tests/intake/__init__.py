"""Deliveries on their way: registers given back."""
