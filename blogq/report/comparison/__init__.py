"""Two texts and the passages in which they match: for a terminal, as a page, as data."""
