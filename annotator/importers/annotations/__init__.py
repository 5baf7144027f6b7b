"""Formats of other annotation tools: texts with marks, links and answers."""
