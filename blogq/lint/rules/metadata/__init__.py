"""Rules on what a post says of itself."""
