"""The dialog of exports for other programs."""
