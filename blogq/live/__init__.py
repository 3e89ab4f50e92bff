"""A site in memory, brought up to date edit by edit, of which a page is rendered when somebody asks for it."""
