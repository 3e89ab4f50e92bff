"""The gate beside people's judgement and ground truth."""
