"""What a site's posts have in common with what was written before: bring the index up to date, ask, align, judge.

    posts, corpora ──→ holdings ──→ Index ──→ alignment ──→ Texts ──→ rules of scope `texts` ──→ findings, shares

`findings.of_texts` is what the gate calls.
"""
