"""One text held against another."""

from __future__ import annotations

from blogq.originality.passage import Box, Passage, clusters, hull
from blogq.originality.settings import DEFAULT, Settings


def words_shared(one, other):
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def both(a, b):
    return a.start < b.end and b.start < a.end and a.source_start < b.source_end and b.source_start < a.source_end


def compare(text: str, source: str, settings: Settings = DEFAULT) -> tuple[Passage, ...]:
    from blogq.originality import reworded, summary, vectors, verbatim
    from blogq.originality.vocabulary import pair as read

    pair = read(text, source)
    if not pair.text.keys or not pair.source.keys:
        return ()
    t, s = pair.text, pair.source
    runs = verbatim.chosen(verbatim.runs(pair), len(pair.text.keys))
    copies = []
    for cluster in clusters(runs, settings.run_gap):
        h = hull(cluster)
        longest = max(b.end - b.start for b in cluster)
        total = sum(b.end - b.start for b in cluster)
        share = total / max(h.end - h.start, h.source_end - h.source_start)
        chars = t.ends[h.end - 1] - t.starts[h.start]
        enough = chars >= settings.shortest or total * 2 >= min(len(t.keys), len(s.keys))
        if longest >= settings.run and share >= settings.copied and enough:
            copies.append((longest, total, share, h))
    model = vectors.model(pair)
    found = reworded.rewordings(pair, model, reworded.seeds(pair, model, runs, settings), settings)
    accepted = []
    for longest, total, share, h in sorted(copies, key=lambda r: (-r[1], r[3])):
        accepted.append(("verbatim", share, h, longest))
    anysolid = any(a[3] >= settings.solid for a in accepted)
    for c, u, b in sorted(found, key=lambda r: (-r[0] * min(r[2].end - r[2].start, r[2].source_end - r[2].source_start), r[2])):
        chars = min(t.ends[b.end - 1] - t.starts[b.start], s.ends[b.source_end - 1] - s.starts[b.source_start])
        if chars < settings.shortest or chars * (c - 0.33) < settings.strength or anysolid and c < settings.beside:
            continue
        over = [a for a in accepted if words_shared(a[2], b)]
        cov = sum(words_shared(a[2], b) for a in over)
        size = b.end - b.start
        same = [a for a in over if both(a[2], b)]
        solid = any(a[3] >= settings.solid for a in same)
        if over and (solid or cov >= settings.swallow * size or not same or any(a[0] != "verbatim" for a in over)):
            continue
        if over:
            b = hull([b, *[a[2] for a in same]])
            accepted = [a for a in accepted if a not in same]
        accepted.append(("reworded", c, b, 0))
    us = t.unit_starts
    for sm in summary.summaries(pair, model, settings):
        b = Box(int(us[sm.start]), int(us[sm.end]), 0, len(s.keys))
        met = [a for a in accepted if words_shared(a[2], b)]
        better = [a for a in met if a[1] >= sm.cosine + settings.margin]
        if better:
            big = max(better, key=lambda a: (words_shared(a[2], b), a[2]))[2]
            left = sum(g for u, g in enumerate(sm.gains) if sm.start <= u < sm.end and not (big.start < us[u + 1] and us[u] < big.end))
            if left < settings.leftover:
                continue
        accepted = [a for a in accepted if a not in met]
        accepted.append(("summary", sm.cosine, b, 0))
    final = []
    for k, sim, b, _ in sorted(accepted, key=lambda r: r[2]):
        def edge(w, a, z):
            st, en = int(w.starts[a]), int(w.ends[z - 1])
            last = z == len(w.keys) or w.tails[z] != w.tails[z - 1]
            if last: en = int(w.tails[z - 1])
            if a == 0 or w.heads[a] != w.heads[a - 1]: st = int(w.heads[a])
            return st, en
        p = Passage(k, *edge(t, b.start, b.end), *edge(s, b.source_start, b.source_end), float(sim))
        final.append(p)
    return tuple(final)
