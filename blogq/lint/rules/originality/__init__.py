"""Rules on how much there is in it."""
