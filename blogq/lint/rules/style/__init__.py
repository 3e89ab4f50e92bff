"""Rules on how it is worded."""
