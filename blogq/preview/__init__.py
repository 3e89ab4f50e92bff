"""The preview: pages as they are asked for, and browsers that change along with the sources."""
