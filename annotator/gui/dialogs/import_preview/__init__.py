"""What an import would bring, in a window of its own, before it does."""
