"""Read news archives closely: spans of text marked as entities, claims and quotes, and who said what."""

__version__ = "0.1.0"
