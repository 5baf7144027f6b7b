"""Reading a document and its marks."""
