"""The rules, one module each; `registry.py` says which there are."""
