"""The gate, on one screen: read the site, judge what isn't judged yet, judge the blog as a whole, give the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from blogq.collect import real
from blogq.content.post import DRAFT, Entry
from blogq.finding import Finding, Span, in_order
from blogq.judging import Item, Judging, Kept, figures_of, findings_of, read_subject
from blogq.lint.blog import Blog, Judged
from blogq.lint.pace import pace_of
from blogq.lint.selection import Selected, mistakes, select
from blogq.lint.subject import Subject
from blogq.lint.suppression import silenced
from blogq.lint.verdict import Pace, PostVerdict, Verdict
from blogq.listing import Row, Survey, survey
from blogq.sources import STORE
from blogq.surroundings import noted_keys, of_site, own_hosts


@dataclass(frozen=True, slots=True)
class Ask:
    """What to judge, and by which rules."""

    site: Path
    now: int
    """Seconds since 1970, UTC."""
    chosen: tuple[str, ...] = ()
    """Codes, or their beginnings, of the rules to apply instead of those that config chooses."""
    ignored: tuple[str, ...] = ()
    """Codes, or their beginnings, of rules to leave out besides."""
    only: frozenset[str] | None = None
    """Paths of posts, relative to the site, that findings are wanted of; None for all that isn't a draft."""
    jobs: int = 0
    """Processes to work with; 0: as many as there are processors."""
    figures: bool = True
    """Whether the figures of each post are wanted."""
    external: bool = False
    """Whether other sites may be asked: without it no rule uses the network."""


def run_gate(ask: Ask) -> Verdict:
    """Return the verdict on a site; what is wrong with the site itself is among its findings, and counts as unread."""
    found = survey(ask.site, ask.now)
    config = found.loaded.config
    # Notes and warnings of the build are the build's to tell.
    errors = [finding for finding in found.findings if finding.severity == "error"]
    errors += mistakes(config.check.rules, Span("blogq.yaml"))
    if found.sources is None or any(finding.code[:2] == "CF" for finding in errors):
        return Verdict(ask.now, (), tuple(in_order(errors)), Pace(0), unread=max(1, len(errors)))
    selected = select(ask.chosen or config.check.select, (*config.check.ignore, *ask.ignored), config.check.rules)
    selected = [each for each in selected if ask.external or not each.rule.network]
    judging = Judging(real(ask.site) / STORE, config, found.sources, found.cascade, selected)
    judged = judging.judge(items_of(found), ask.jobs)
    blog = blog_of(found, judged, ask.now)
    others = of_blog(blog, selected)
    wanted = {row.path for row in found.rows if row.status != "draft"} if ask.only is None else ask.only
    for path, more in of_site(found, selected, real(ask.site) / STORE, wanted).items():
        others.setdefault(path, []).extend(more)
    findings, suppressed = told(found.rows, judged, others, selected, ask.now)
    figured = figures_of(judged) if ask.figures else [_main_figures(kept) for kept in judged]
    broken = {row.path for row in found.rows if row.status == "broken"}
    known = {row.path for row in found.rows}
    shown = wanted | broken
    errors += [one for path, more in others.items() if path not in known for one in more]
    if errors:
        findings = in_order([*findings, *errors])
    findings = [f for f in findings if f.span.path in shown or f.span.path not in known]
    unread = sum(f.severity == "error" and (f.span.path in broken or f.span.path not in known) for f in findings)
    return Verdict(
        ask.now,
        tuple(
            _verdict(entry, row, kept, figures, ask)
            for entry, row, kept, figures in zip(found.entries, found.rows, judged, figured, strict=True)
            if row.kind == "post" or row.status == "broken" or (ask.only is not None and row.path in ask.only)
        ),
        tuple(findings),
        pace_of(blog),
        suppressed=sum(count for path, count in suppressed.items() if path in wanted),
        unread=unread,
    )


def items_of(found: Survey) -> list[Item]:
    """Return every source as something to be judged; texts of sections and broken sources aren't."""
    return [
        Item(
            entry.path,
            row.kind,
            row.language,
            b"" if entry.kind == "section" or row.status == "broken" else entry.source,
        )
        for entry, row in zip(found.entries, found.rows, strict=True)
    ]


def blog_of(found: Survey, judged: Sequence[Kept | None], now: int) -> Blog:
    """Return what rules of scope `blog` see."""
    posts = [
        _post(entry, row, kept)
        for entry, row, kept in zip(found.entries, found.rows, judged, strict=True)
        if row.kind == "post"
    ]
    posts.sort(key=lambda post: (post.date, post.path))
    return Blog(tuple(posts), now, own_hosts(found.loaded.config), noted_keys(found.entries))


def of_blog(blog: Blog, selected: Sequence[Selected]) -> dict[str, list[Finding]]:
    """Return what the rules of scope `blog` find, by path."""
    findings: dict[str, list[Finding]] = {}
    for each in selected:
        if each.rule.scope == "blog":
            for found in each.rule.check(blog, each.options):
                said = found._replace(severity=each.severity) if each.severity else found
                findings.setdefault(said.span.path, []).append(said)
    return findings


def told(
    rows: Sequence[Row],
    judged: Sequence[Kept | None],
    others: dict[str, list[Finding]],
    selected: Sequence[Selected],
    now: int,
) -> tuple[list[Finding], dict[str, int]]:
    """Return the findings of all posts, in their order, that aren't silenced, and how many are, by path.

    `others` are findings about posts that aren't in their judgements, by path.
    """
    # What other sites answer changes by itself: that nothing is to be silenced today says nothing of tomorrow.
    codes = [each.rule.code for each in selected if not each.rule.network]
    findings: list[Finding] = []
    suppressed: dict[str, int] = {}
    for row, kept, of_post in zip(rows, judged, findings_of(judged), strict=True):
        if row.path in others:
            of_post = in_order([*of_post, *others[row.path]])
        if kept is not None and kept.brief.suppressions:
            of_post, suppressed[row.path] = silenced(row.path, of_post, kept.brief.suppressions, now, codes)
            of_post = in_order(of_post)
        findings += of_post
    return findings, suppressed


def _verdict(entry: Entry, row: Row, kept: Kept | None, figures: Mapping[str, float | int], ask: Ask) -> PostVerdict:
    return PostVerdict(
        path=row.path,
        url=row.url,
        title=row.title,
        date=row.date,
        draft=bool(entry.flags & DRAFT),
        language=row.language,
        score=kept.brief.score if kept else None,
        parts=kept.brief.parts if kept else {},
        metrics=figures,
        changed=ask.only is None or row.path in ask.only,
    )


def _main_figures(kept: Kept | None) -> dict[str, float | int]:
    if kept is None:
        return {}
    words, ease = kept.brief.words, kept.brief.ease
    return {"words": words} if ease is None else {"words": words, "ease": ease}


def _post(entry: Entry, row: Row, kept: Kept | None) -> Judged:
    brief = kept.brief if kept else None
    facts = brief.facts if brief else {}
    return Judged(
        path=row.path,
        url=row.url,
        title=row.title,
        description=facts.get("description", ""),
        date=entry.date,
        offset=entry.offset,
        status=row.status,
        kind=row.kind,
        language=row.language,
        author=facts.get("author", ""),
        score=brief.score if brief else None,
        parts=brief.parts if brief else {},
        words=brief.words if brief else 0,
        ease=brief.ease if brief else None,
        facts=facts,
    )


def read_post(site: Path, name: str) -> Subject | None:
    """Return the post or page called `name`, a path as somebody would type it; None where it isn't one."""
    from blogq.lint.paths import below
    from blogq.lint.reader import SubjectReader

    paths = below(site, name) or []
    found = survey(site, 0)
    if found.sources is None or len(paths) != 1:
        return None
    config = found.loaded.config
    judging = Judging(real(site) / STORE, config, found.sources, found.cascade, ())
    for item, row in zip(items_of(found), found.rows, strict=True):
        if row.path == paths[0] and row.status != "broken":
            return read_subject(SubjectReader(judging.task.options, config.author), judging.task, item)
    return None
