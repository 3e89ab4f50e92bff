"""The page of `blogq report`: what the gate knows of a blog, as one HTML file that a person would rather look at.

    Verdict, edits ── material ──→ sections, each a function of the material ── page ──→ str

Nothing here reads a file or the clock but the style sheet beside it. Whatever comes from a post is escaped in `markup`.
"""
