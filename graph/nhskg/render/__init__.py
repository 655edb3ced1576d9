"""Answers as people paste them: text, tables, Markdown, CSV, JSON, drawings, Turtle."""
