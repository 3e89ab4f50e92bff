"""Rules on what it shows."""
