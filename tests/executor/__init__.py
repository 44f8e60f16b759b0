"""What is run over columns."""
