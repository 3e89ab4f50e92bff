"""One post and what of it was said before: for a terminal, as a page, as data."""
