"""The window of the registry, and what opens from it."""
