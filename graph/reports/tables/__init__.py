"""Answers as tables: workbooks and CSV, with the headings that people read."""
