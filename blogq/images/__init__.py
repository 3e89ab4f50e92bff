"""Images beside content: what they are, made anew in smaller sizes and better formats, and kept by content."""
