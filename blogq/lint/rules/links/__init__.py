"""Rules on where it leads."""
