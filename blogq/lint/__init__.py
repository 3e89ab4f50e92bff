"""The gate: rules that judge posts and the blog's pace, with evidence. It knows nothing of templates or output."""
