"""How things begin: a new site, and a new post or page in it. Nothing here ever writes over a file."""
