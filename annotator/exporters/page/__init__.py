"""Articles with their marks to look at: one page of HTML, or a PDF."""
