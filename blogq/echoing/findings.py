"""What the rules of scope `texts` find, and which share of each post stands elsewhere.

Both follow from posts, corpora and config, and are kept by a digest of these: while nothing changes, neither the index
nor any text is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from blogq.echoing import Compared
from blogq.echoing.comparison import FOLDER, Comparison, declarations, undamaged
from blogq.echoing.holdings import Given, Posted, posted
from blogq.finding import as_finding
from blogq.judging import Kept
from blogq.lint.selection import Selected
from blogq.listing import Survey
from blogq.originality import VERSION
from blogq.store.digest import compose, of_value
from blogq.store.judgements import KEY
from blogq.store.versions import code_digest

FEW = 100
"""Posts that may be missing in the index where the gate is to judge a few only."""


def of_texts(
    found: Survey, judged: Sequence[Kept | None], selected: Sequence[Selected], given: Given, few: bool = False
) -> Compared:
    """Return what the rules of scope `texts` find on a site.

    With `few`, nothing is compared where more than a hundred posts aren't in the index yet.
    """
    rules = [each for each in selected if each.rule.scope == "texts"]
    if not rules:
        return Compared()
    posts = posted(found, judged, given)
    folder = given.judging.store / FOLDER
    key = _key(found, posts, judged, rules, given.site)
    known = _load(folder, key)
    if known is not None:
        return known
    declared = declarations(found, judged, posts)
    made = undamaged(folder, lambda place: _compared(found, posts, declared, rules, given, place, few))
    if not made.waiting:
        _save(folder, key, made)
    return made


def _key(
    found: Survey, posts: Sequence[Posted], judged: Sequence[Kept | None], rules: Sequence[Selected], site: Path
) -> bytes:
    """Return the digest of all that the findings follow from."""
    config = found.loaded.config
    chosen = [(each.rule.code, dict(each.options), each.severity) for each in rules]
    corpora = b""
    if config.corpora:
        from blogq.echoing.corpus_holdings import corpora_digest

        corpora = corpora_digest(config, site)
    told = of_value((chosen, config.base_url, corpora.hex(), VERSION))
    # Of what a judgement says of a post, its series and links among it, the checksum tells.
    lines = (kept.line[: KEY.stop] for kept in (judged[post.at] for post in posts) if kept is not None)
    rows = "\0".join(text for post in posts for text in found.rows[post.at][1:4])
    return compose((code_digest(), told, *(post.version for post in posts), *lines), rows)


def _compared(
    found: Survey,
    posts: Sequence[Posted],
    declared: Sequence[Mapping[str, Any]],
    rules: Sequence[Selected],
    given: Given,
    folder: Path | None,
    few: bool,
) -> Compared:
    with Comparison(found, posts, declared, given, folder) as comparison:
        if few and (waiting := comparison.missing()) > FEW:
            return Compared(waiting=waiting)
        everything = comparison.texts()
        findings = []
        for each in rules:
            for one in each.rule.check(everything, each.options):
                findings.append(one._replace(severity=each.severity) if each.severity else one)
        shares = {post.path: post.share for post in everything.posts}
        return Compared(tuple(findings), shares, tuple(comparison.problems))


def _load(folder: Path, key: bytes) -> Compared | None:
    with suppress(OSError, ValueError, TypeError, KeyError, IndexError):
        data = (folder / "found").read_bytes()
        if data[:8] == b"%08x" % crc32(memoryview(data)[8:]) and data[8:40] == key.hex().encode():
            findings, shares, problems = json.loads(data[40:])
            return Compared(tuple(map(as_finding, findings)), shares, tuple(map(as_finding, problems)))
    return None


def _save(folder: Path, key: bytes, made: Compared) -> None:
    told = key.hex().encode() + json.dumps(
        (made.findings, dict(made.shares), made.problems), separators=(",", ":")
    ).encode("utf-8", "replace")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"found.{os.getpid()}"
        beside.write_bytes(b"%08x" % crc32(told) + told)
        beside.replace(folder / "found")
