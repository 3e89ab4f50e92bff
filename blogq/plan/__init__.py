"""From a site to the files that it is made of: jobs, their keys, and the views that templates see."""
