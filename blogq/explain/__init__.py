"""Why something is published or isn't, where, and what made a build render it: the answers of `blogq why`."""
