"""Tables and lists of articles, whose columns may be called anything."""
