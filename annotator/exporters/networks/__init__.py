"""Networks and lists of events: who says what, about whom, and what stands together."""
