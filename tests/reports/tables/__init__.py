"""Answers as workbooks and CSV."""
