"""One text held against another."""

from __future__ import annotations

from typing import NamedTuple

from blogq.originality.passage import Box, Passage, clusters, hull


class Settings(NamedTuple):
    cosine: float = 0.33
    dice: float = 0.28
    gap: int = 4
    passage_cosine: float = 0.4
    shortest: int = 150
    run_gap: int = 12
    run: int = 10


DEFAULT = Settings()


def compare(text: str, source: str, settings: Settings = DEFAULT) -> tuple[Passage, ...]:
    from blogq.originality import reworded, verbatim
    from blogq.originality.vocabulary import pair as read

    pair = read(text, source)
    if not pair.text.keys or not pair.source.keys:
        return ()
    found = verbatim.runs(pair)
    model = reworded.model(pair)
    seeds = reworded.similar(model, settings.cosine, settings.dice)
    boxes = [Box(a, a + 1, b, b + 1) for a, b in zip(seeds.units.tolist(), seeds.source_units.tolist())]
    out = []
    todo = [(boxes, settings.gap)] if boxes else []
    while todo:
        group, gap = todo.pop()
        for cluster in clusters(group, gap):
            h = hull(cluster)
            c = reworded.cosine(model, h[:2], h[2:])
            if c >= settings.passage_cosine:
                us, ss = pair.text.unit_starts, pair.source.unit_starts
                out.append((c, Box(us[h.start], us[h.end], ss[h.source_start], ss[h.source_end])))
            elif gap > 0:
                todo.append((cluster, gap - 2))
    copies = []
    for cluster in clusters(found.boxes(5), settings.run_gap):
        h = hull(cluster)
        if max(b.end - b.start for b in cluster) >= settings.run:
            cov = set()
            for b in cluster:
                cov.update(range(b.start, b.end))
            share = len(cov) / (h.end - h.start)
            copies.append((share, h))
    res = []
    for share, h in copies:
        res.append(("verbatim", share, h))
    for c, b in out:
        over = [h for k, s, h in res if k == "verbatim" and h.start < b.end and b.start < h.end and h.source_start < b.source_end and b.source_start < h.source_end]
        cov = sum(min(h.end, b.end) - max(h.start, b.start) for h in over)
        if cov >= 0.6 * (b.end - b.start):
            continue
        if over:
            b = hull([b, *over])
            res = [r for r in res if r[2] not in over]
        res.append(("reworded", c, b))
    final = []
    t, s = pair.text, pair.source
    for k, sim, b in sorted(res, key=lambda r: r[2]):
        p = Passage(k, int(t.starts[b.start]), int(t.ends[b.end - 1]), int(s.starts[b.source_start]), int(s.ends[b.source_end - 1]), float(sim))
        if k != "verbatim" and min(p.end - p.start, p.source_end - p.source_start) < settings.shortest:
            continue
        final.append(p)
    return tuple(final)
