"""The Markdown reader: the text of a post → its HTML, links, headings, prose and findings.

CommonMark 0.31, and on top of it, each by option, GitHub's tables, strikethrough, autolinks, task lists and tag filter,
footnotes, heading ids, coloured code, admonitions, definition lists, abbreviations, attributes, typography, formulas,
shortcodes. Addresses that depend on where a page stands are left as placeholders for the build to fill in (see
`Link.kind`), and so are shortcodes (see `calls.py`). Nothing in a text is ever evaluated.

    source ── blocks ──→ tokens ── writer + inlines ──→ Document
"""
