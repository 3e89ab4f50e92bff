"""An example of a plugin for blogq; docs/plugins.md walks through it."""
