"""Publishing a site that was built: what has changed by content, in an order in which no page names what isn't there.

    build ── output ──┐
                      ├─► plan ──► course ──► target (folder, Git branch, rsync, store) ──► record
    target ── record ─┘

`cli/deploy.py` is this on one screen. What a target holds is known from its own record and listing, never from this
machine, so that another machine can go on where this one was interrupted (decisions/0022).
"""
