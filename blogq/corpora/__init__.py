"""Reference corpora: texts of others, or older ones, that posts are compared with. Nothing here knows what for.

`files.py` lists what belongs to them, `reading.py` makes documents of a file, one module for each format;
`update.py` is the only one that asks other sites.
"""
