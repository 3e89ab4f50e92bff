"""Published pages beside the checkers that readers' software and search engines bring: Lighthouse, axe, the W3C's.

`python -m audit` (or `make audit`) checks everything; the suite checks one page of each type with the same functions.
"""
