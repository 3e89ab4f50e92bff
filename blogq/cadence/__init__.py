"""How often a blog publishes, beside how good what it publishes is: gaps, scores, and the tests behind the CD rules."""
