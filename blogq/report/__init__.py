"""How findings are shown: one module for each output format. Nothing here prints."""
