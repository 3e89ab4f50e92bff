"""Addresses on other sites, asked whether they are still there: only where somebody wants that, never by itself."""
