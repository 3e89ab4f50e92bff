"""The whole site, ordered: which sources are live, at which URLs, and how they belong together."""
