"""Rules on the conversation: whether readers are answered, how soon, and where nobody is at home."""
