"""What another version of blogq, or of a theme, makes of a site: built aside and compared with what is published.

accepted output ──┐
                  ├─► comparison ──► Changes ──► text, JSON, one HTML page
present version ──┘
(scratch folder)
"""
