"""What readers say, and whether they are answered: comments from where they are kept, threads, replies, channels."""
