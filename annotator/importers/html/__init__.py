"""Web pages: from bytes to the visible text, to what each part of it is, and to what the page says of itself."""
