"""Rules on how hard it is to read."""
