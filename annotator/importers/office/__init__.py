"""Documents of word processors, and PDF."""
