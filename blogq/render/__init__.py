"""From views to bytes: the theme's templates for pages, our own writers for feeds, the sitemap and the like."""
