"""Rules on how a post is built."""
