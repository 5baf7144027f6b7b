"""The docks and columns of the main window, one a module."""
