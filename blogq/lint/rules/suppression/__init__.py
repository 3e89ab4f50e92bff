"""Rules on what is silenced."""
