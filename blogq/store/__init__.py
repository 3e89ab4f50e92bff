"""What blogq remembers between builds: parsed posts and the record of each output folder. Never trusted, only used."""
