"""Digitised newspapers: the text of scanned pages, and what is an article on them."""
