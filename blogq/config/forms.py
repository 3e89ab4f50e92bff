"""Other forms in which a config says the same: words for yes and no, a text for a mapping, other generators' names."""

from __future__ import annotations

TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
"""Words for yes and no, in lower case."""
SHORT = {
    "Author": "name",
    "Taxonomy": "title",
    "TaxonomyWords": "title",
    "Language": "title",
    "Profile": "url",
    "MenuItem": "url",
    "StyleEntry": "words",
    "Corpus": "path",
    "CommentSource": "path",
    "Channel": "url",
    "Destination": "to",
}
"""Which field a single text stands for, where a mapping is expected: by the class of the schema."""
MEANT = {
    "baseurl": "base_url",
    "url": "base_url",
    "siteurl": "base_url",
    "site": "base_url",
    **dict.fromkeys(("sitename", "name"), "title"),
    "tagline": "description",
    "lang": "language",
    "locale": "language",
    "defaultcontentlanguage": "language",
    "paginate": "pagination.size",
    "permalink": "permalinks",
    "destination": "output",
    "source": "content",
    "exclude": "ignore",
    "params": "extra",
}
"""Options of other generators, without case and punctuation."""
