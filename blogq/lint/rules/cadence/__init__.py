"""Rules on how the blog keeps up."""
