"""What a site's owner can set: `schema` says what there is, `checks` what a value must be, `load` reads the file."""
