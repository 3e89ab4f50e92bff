"""What an index finds where nobody says which two texts to compare: PAN's sources all together, and a blog's posts.

`pool` adds all sources of PAN's training corpus of 2013 to one index, looks for each text's own among them, then holds
the text against what the gate would (`blogq.echoing.alignment.worth`). `gate` writes a site of a blog's posts, pastes
half of each into another post, disguised, and has the gate judge it.
"""

from __future__ import annotations

import random
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from blogq.echoing.alignment import worth
from blogq.echoing.comparison import FOLDER
from blogq.gate import Ask, run_gate
from blogq.originality.evidence import evidence
from blogq.originality.fingerprint import fingerprints
from blogq.originality.index import Document, Query, entry
from blogq.originality.index.store import Index
from blogq.originality.ledger import Ledger
from blogq.originality.ledger import read as read_alignment
from blogq.originality.material import Material, Part
from blogq.sources import STORE
from blogq.store.versions import code_digest
from evaluations.originality import KINDS, SEED, TRICKS, Case, Match, pairs, posts, read, tally, union

MOST = 50
STRANGERS = 20
"""Texts of a kind for which it's counted how many other sources match, of ten at most."""
NOW = 1_767_225_600
_EMPTY = re.compile(r"\n\s*\n")
_MARKED = re.compile(
    r"\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|</?[a-zA-Z!][^>\n]*>|^[ \t]*[>#|].*$|^[ \t]+|^(?:---|\+\+\+|===).*$", re.M
)
BEGIN, END = "Zqbegins.", "Zqends."
"""Paragraphs around a pasted one, by which it is found again in the text that is compared."""


def parts_of(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return [part for part in _EMPTY.split(text) if part.strip()]


def pool(corpus: Path, halves: Sequence[str], sample: int | None) -> None:
    """Print how often a text's source is found among all sources, and how much of what is copied."""
    index = Index(None)
    paths = sorted((corpus / "src").iterdir())
    index.add(
        entry(
            Document("pan", path.name, b"", 0, "", path.name, "", "en"),
            Material(tuple(map(Part, parts_of(read(path))))),
        )
        for path in paths
    )
    names = {number: name for name, (number, _) in index.numbers("pan").items()}
    related = {(case.text.name, case.source.name) for kind in KINDS[1:] for case in pairs(corpus, kind, "all")}
    print(f"{len(paths)} sources in one index")
    for half in halves:
        print(f"\n{half}\n")
        print(
            f"| kind | pairs | recall@10 | recall@{MOST} | of all kept | held against the text | aligned, a text |"
            " recall in characters | of its own pair | others that match, a text | ms a query |"
        )
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        for kind in KINDS[1:]:
            # Most pairs of summaries have nothing in common.
            chosen = [case for case in pairs(corpus, kind, half) if case.cases]
            of_kind(index, names, related, kind, chosen[:sample])


def of_kind(
    index: Index, names: dict[int, str], related: set[tuple[str, str]], kind: str, chosen: Sequence[Case]
) -> None:
    """Print one line."""
    ranks, held, aligned, recall, alone, others, times = [], 0, [], [], [], [], []
    for case in chosen:
        text = read(case.text)
        begin = time.process_time()
        answer = index.candidates([Query(fingerprints(parts_of(text)))])[0]
        times.append((time.process_time() - begin) * 1000)
        order = [names[each.document] for each in answer.candidates]
        ranks.append(order.index(case.source.name) if case.source.name in order else 10**6)
        against = [names[number] for number in worth(answer.candidates, lambda _: False)]
        aligned.append(len(against))
        held += case.source.name in against
        own = tally(list(case.cases), matches(text, read(case.source))).recall
        alone += own
        recall += own if case.source.name in against else (0.0,) * len(own)
        if len(others) < STRANGERS:
            strangers = [name for name in against if (case.text.name, name) not in related][:10]
            others.append(sum(bool(matches(text, read(case.source.with_name(name)))) for name in strangers))
    size = len(chosen)
    shares = [sum(rank < most for rank in ranks) / size for most in (10, MOST, 10**6)]
    times.sort()
    print(
        f"| {kind} | {size} | {' | '.join(f'{share:.4f}' for share in shares)} | {held / size:.4f} |"
        f" {statistics.mean(aligned):.1f} | {statistics.mean(recall):.4f} | {statistics.mean(alone):.4f} |"
        f" {statistics.mean(others):.2f} | {statistics.median(times):.1f} |",
        flush=True,
    )


def matches(text: str, source: str) -> list[Match]:
    """Return the passages that match, as the gate has them."""
    return [
        Match(each.start, each.end, each.source_start, each.source_end) for each in evidence(text, source).stretches
    ]


def gate(folder: Path) -> None:
    """Print how much of disguised copies the gate finds on a blog."""
    bodies = [re.sub(r"\n{3,}", "\n\n", _MARKED.sub("", body))[:20_000] for body in posts(folder)]
    bodies = [body for body in bodies if len(body) >= 2000][:400]
    # Half of them are on the site; the others, as long as what is pasted comes from, get it pasted in.
    bodies, hosts = bodies[: len(bodies) // 2], bodies[len(bodies) // 2 :]
    site = Path(tempfile.mkdtemp(prefix="blogq-evaluation-"))
    content = site / "content" / "posts"
    content.mkdir(parents=True)
    (site / "blogq.yaml").write_text("title: A blog\nbase_url: https://example.org/\n", encoding="utf-8")
    for number, body in enumerate(bodies):
        write(content / f"old-{number}.md", f"Old {number}", f"2020-01-01 {number // 60:02}:{number % 60:02}", body)
    print(f"\n{len(bodies)} posts\n")
    print("| half a post, copied | held against it | found, mean | found, least | ≥ 95 % found | OR001 or OR002 |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, trick in TRICKS.items():
        source = random.Random(f"{SEED} {name}")
        for number, original in enumerate(bodies):
            copy = trick(original[: len(original) // 2].rsplit(" ", 1)[0], source)
            host = parts_of(hosts[number][: len(original)])
            text = "\n\n".join([*host[: len(host) // 2], BEGIN, copy, END, *host[len(host) // 2 :]])
            write(content / f"new-{number}.md", f"New {number}", "2021-01-01", text)
        verdict = run_gate(Ask(site, NOW, chosen=("OR001", "OR002"), figures=False))
        told = {
            (finding.span.path, related.span.path)
            for finding in verdict.findings
            for related in finding.related
            if finding.code in ("OR001", "OR002")
        }
        shares, held, found, lost = [], 0, 0, 0
        index = Index(site / STORE / FOLDER)
        ledger = Ledger(index.folder, index.serial[0], code_digest().hex())
        alignments, numbers = ledger.alignments(), index.numbers()
        for number in range(len(bodies)):
            new, old = f"content/posts/new-{number}.md", f"content/posts/old-{number}.md"
            key = numbers[new][0], numbers[old][0]
            text = index.material(key[0]).text
            if END not in text:
                # What was done to the copy made markup of it that reaches further than it does.
                lost += 1
                continue
            start, end = text.index(BEGIN) + len(BEGIN) + 2, text.index(END) - 2
            held += key in alignments
            known = read_alignment(alignments.get(key, b""))
            spans = [(each.start, each.end) for each in known.stretches] if known else []
            shares.append(union(spans, start, end) / max(end - start, 1))
            found += (new, old) in told
        ledger.close()
        index.close()
        size = len(bodies) - lost
        called = f"{name} ({lost} left out)" if lost else name
        print(
            f"| {called} | {held / size:.1%} | {statistics.mean(shares):.2%} | {min(shares):.1%} |"
            f" {sum(share >= 0.95 for share in shares) / size:.1%} | {found / size:.1%} |",
            flush=True,
        )
    shutil.rmtree(site)


def write(path: Path, title: str, day: str, body: str) -> None:
    """Write a post."""
    path.write_text(f"---\ntitle: {title}\ndate: {day}\n---\n\n{body}\n", encoding="utf-8")
