"""Articles with their marks, drawn on pages."""
