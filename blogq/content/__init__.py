"""What a source says: its front matter, its Markdown, its prose."""
