"""Moving in: what another blog's export holds, carried over into a site of blogq.

A module of `sources/` reads one kind of export and yields what it finds as `carried.Item`; `passage.py` makes texts of
them, `writing.py` the files of the new site, `account.py` what is told of all that. Nothing of the old site is run, and
nothing is fetched.
"""
