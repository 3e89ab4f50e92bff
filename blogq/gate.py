"""The gate, on one screen: read the site, judge what isn't judged yet, judge the blog as a whole, give the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from blogq.collect import real
from blogq.config.origins import place_of
from blogq.content.audience import audience_of
from blogq.content.post import DRAFT, Entry
from blogq.echoing import Compared
from blogq.finding import Finding, in_order
from blogq.judging import Item, Judging, Kept, Progress, figures_of, findings_of, read_subject
from blogq.lint.baseline import Baseline, sort_by
from blogq.lint.blog import Blog, Judged
from blogq.lint.mistakes import config_mistakes
from blogq.lint.pace import pace_of
from blogq.lint.registry import wholes
from blogq.lint.selection import Selected, nothing_left, select
from blogq.lint.silence import Silences
from blogq.lint.subject import Subject
from blogq.lint.suppression import silenced
from blogq.lint.verdict import Pace, PostVerdict, Verdict
from blogq.listing import Row, Survey, survey
from blogq.sources import STORE
from blogq.surroundings import noted_keys, of_site, own_hosts

if TYPE_CHECKING:
    from blogq.conversation.replies import Talk


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
    fresh: int = 0
    """Where it isn't 0, findings are wanted of the posts that haven't been judged yet; more than so many stay so."""
    also: frozenset[str] = frozenset()
    """Paths of posts, relative to the site, that count as not judged before."""
    jobs: int = 0
    """Processes to work with; 0: as many as there are processors."""
    figures: bool = True
    """Whether the figures of each post are wanted."""
    baseline: Baseline | None = None
    """Findings that are known, and are not to be told."""
    new: frozenset[str] = frozenset()
    """Paths of posts, relative to the site, that weren't there before the change that is judged."""
    external: bool = False
    """Whether other sites may be asked: without it no rule uses the network."""
    progress: Progress | None = None
    """Is told how many of the posts that weren't judged yet are."""


def run_gate(ask: Ask) -> Verdict:
    """Return the verdict on a site; what is wrong with the site itself is among its findings, and counts as unread."""
    return judge_site(ask, survey(ask.site, ask.now))


def judge_site(ask: Ask, found: Survey) -> Verdict:
    """Return the verdict on a site that was read."""
    config, origins = found.loaded.config, found.loaded.origins
    check = config.check
    # Notes and warnings of the build are the build's to tell.
    errors = [finding for finding in found.findings if finding.severity == "error"]
    errors += config_mistakes(config, origins)
    if found.sources is None or any(finding.code[:2] == "CF" for finding in errors):
        return Verdict(ask.now, (), tuple(in_order(errors)), Pace(0), unread=max(1, len(errors)))
    selected = select(ask.chosen or check.select, (*check.ignore, *ask.ignored), check.rules, config.style)
    selected = [each for each in selected if ask.external or not each.rule.network]
    if not selected:
        return Verdict(ask.now, (), tuple(in_order([*errors, nothing_left(origins)])), Pace(0), unread=len(errors) + 1)
    judging = Judging(real(ask.site) / STORE, config, found.sources, found.cascade, selected)
    items = items_of(found)
    judged = judging.judge(items, ask.jobs, ask.fresh or None, progress=ask.progress)
    if judging.waiting:
        return Verdict(ask.now, (), (), Pace(0), waiting=judging.waiting)
    texts = compared_texts(found, items, judged, judging, selected, ask)
    judged = [with_originality(row, kept, texts.shares) for row, kept in zip(found.rows, judged, strict=True)]
    errors += texts.problems
    if ask.fresh:
        ask = replace(ask, only=ask.also.union(found.rows[at].path for at in judging.fresh))
    blog = blog_of(found, judged, ask.now)
    paths = frozenset(row.path for row in found.rows)
    broken = {row.path for row in found.rows if row.status == "broken"}
    drafts = {row.path for row in found.rows if row.status == "draft"}
    wanted = paths - drafts if ask.only is None else ask.only
    others = of_blog(blog, selected)
    for path, more in of_site(found, selected, real(ask.site) / STORE, wanted).items():
        others.setdefault(path, []).extend(more)
    for one in texts.findings:
        others.setdefault(one.span.path, []).append(one)
    errors += [one for path, more in others.items() if path not in paths for one in more]
    counted: Counter[str] = Counter()
    needed = judged
    if ask.fresh and ask.baseline is None and not check.silence:
        needed, counted = only_needed(found.rows, judged, ask.only or (), others)
    findings, silent = told(found, needed, others, selected, ask)
    findings, known, left = by_baseline(ask, findings, selected, paths)
    findings = [as_new(finding, ask, selected) for finding in findings]
    if errors:
        findings = in_order([*findings, *errors])
    standing = counted + Counter(f.severity for f in findings if ask.fresh and f.span.path not in drafts)
    if ask.fresh:
        # Where links and images lead the build has told.
        told_of = {each.rule.code for each in selected if each.rule.scope == "site"}
        findings = [finding for finding in findings if finding.code not in told_of]
    findings = [f for f in findings if f.span.path in wanted or f.span.path in broken or f.span.path not in paths]
    unread = sum(f.severity == "error" and (f.span.path in broken or f.span.path not in paths) for f in findings)
    figured = figures_of(judged) if ask.figures else [_main_figures(kept) for kept in judged]
    return Verdict(
        ask.now,
        tuple(
            _verdict(entry, row, kept, figures, ask)
            for entry, row, kept, figures in zip(found.entries, found.rows, judged, figured, strict=True)
            if row.kind == "post" or row.status == "broken" or (ask.only is not None and row.path in ask.only)
        ),
        tuple(findings),
        pace_of(blog),
        suppressed=sum(count for path, count in silent.items() if path in wanted),
        known=sum(finding.span.path in wanted for finding in known),
        unread=unread,
        left=left,
        talk=blog.talk,
        standing=(standing["error"], standing["warning"], standing["note"]),
    )


def compared_texts(
    found: Survey,
    items: Sequence[Item],
    judged: Sequence[Kept | None],
    judging: Judging,
    selected: Sequence[Selected],
    ask: Ask,
) -> Compared:
    """Return what the rules of scope `texts` find; nothing where none of them is on."""
    if all(each.rule.scope != "texts" for each in selected):
        return Compared()
    from blogq.echoing.findings import of_texts
    from blogq.echoing.holdings import Given

    given = Given(real(ask.site), items, judging, ask.jobs)
    return of_texts(found, judged, selected, given, bool(ask.fresh))


def with_originality(row: Row, kept: Kept | None, shares: Mapping[str, float]) -> Kept | None:
    """Return a judgement whose score has its part of originality, where the post was compared."""
    if kept is None or kept.brief.score is None or row.path not in shares:
        return kept
    from blogq.lint.score.originality import with_share

    score, parts = with_share(kept.brief.score, kept.brief.parts, shares[row.path])
    return kept._replace(brief=kept.brief._replace(score=score, parts=parts))


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
    return Blog(tuple(posts), now, own_hosts(found.loaded.config), noted_keys(found.entries), talk_of(found))


def talk_of(found: Survey) -> Talk | None:
    """Return what readers have said and who was answered; None where config names no sources of comments."""
    if not found.loaded.config.comment_sources or found.sources is None:
        return None
    from blogq.talking import hear

    return hear(found).talk


def of_blog(blog: Blog, selected: Sequence[Selected]) -> dict[str, list[Finding]]:
    """Return what the rules of scope `blog` find, by path."""
    findings: dict[str, list[Finding]] = {}
    for each in selected:
        if each.rule.scope == "blog":
            for found in each.rule.check(blog, each.options):
                said = found._replace(severity=each.severity) if each.severity else found
                findings.setdefault(said.span.path, []).append(said)
    return findings


def only_needed(
    rows: Sequence[Row], judged: Sequence[Kept | None], fresh: Collection[str], others: Collection[str]
) -> tuple[list[Kept | None], Counter[str]]:
    """Return the judgements whose findings have to be looked at one by one, and how many the others hold.

    Those that are `fresh`, and that have suppressions, have to be; what there is of drafts isn't counted.
    """
    some: list[Kept | None] = []
    errors = warnings = notes = 0
    for row, kept in zip(rows, judged, strict=True):
        if kept is None or row.path in fresh or kept.brief.suppressions or row.path in others:
            some.append(kept)
            continue
        some.append(None)
        if row.status != "draft":
            errors += kept.brief.counts[0]
            warnings += kept.brief.counts[1]
            notes += kept.brief.counts[2]
    return some, Counter(error=errors, warning=warnings, note=notes)


def told(
    found: Survey,
    judged: Sequence[Kept | None],
    others: Mapping[str, Sequence[Finding]],
    selected: Sequence[Selected],
    ask: Ask,
) -> tuple[list[Finding], dict[str, int]]:
    """Return the findings of all posts, in their order, that aren't silenced, and how many are, by path.

    `others` are findings about posts that aren't in their judgements, by path.
    """
    # What other sites answer changes by itself: that nothing is to be silenced today says nothing of tomorrow.
    codes = frozenset(each.rule.code for each in selected if not each.rule.network)
    config, shown = found.loaded.config, found.sources.shown if found.sources else ""
    silences = Silences(config.check.silence, shown, ask.now)
    findings: list[Finding] = []
    silent: dict[str, int] = {}
    for row, kept, own in zip(found.rows, judged, findings_of(judged), strict=True):
        of_post = in_order([*own, *others[row.path]]) if row.path in others else own
        if kept is not None and kept.brief.suppressions:
            of_post, silent[row.path] = silenced(row.path, of_post, kept.brief.suppressions, ask.now, codes)
            of_post = in_order(of_post)
        if config.check.silence:
            count = len(of_post)
            of_post = [finding for finding in of_post if not silences.silences(finding)]
            silent[row.path] = silent.get(row.path, 0) + count - len(of_post)
        findings += of_post
    if ask.only is None:
        findings += silences.unused(place_of(found.loaded.origins, "check.silence"), codes)
    return findings, silent


def by_baseline(
    ask: Ask, findings: list[Finding], selected: Sequence[Selected], paths: frozenset[str]
) -> tuple[list[Finding], list[Finding], Baseline | None]:
    """Return which of `findings` are new, which are known, and what of the baseline still holds, if there is one."""
    if ask.baseline is None:
        return findings, [], None
    # Some addresses only were asked, and not all have answered: silence says nothing of what is known of them.
    codes = frozenset(each.rule.code for each in selected if not each.rule.network)
    by = sort_by(ask.baseline, findings, paths, codes, wholes())
    return by.new, by.known, by.left


def as_new(finding: Finding, ask: Ask, selected: Sequence[Selected]) -> Finding:
    """Return `finding` as severe as it is in what is new, where that makes a difference."""
    if ask.baseline is None and finding.span.path not in ask.new:
        return finding
    for each in selected:
        if each.rule.code == finding.code and each.rule.when_new and each.severity is None:
            return finding._replace(severity=each.rule.when_new)
    return finding


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
        status=row.status,
        author=kept.brief.facts.get("author", "") if kept else "",
    )


def _main_figures(kept: Kept | None) -> dict[str, float | int]:
    if kept is None:
        return {}
    found: dict[str, float | int] = {"words": kept.brief.words}
    if kept.brief.ease is not None:
        found["ease"] = kept.brief.ease
        if readers := audience_of(kept.brief.facts.get("audience", "")):
            found |= {"ease_low": readers.low, "ease_high": readers.high}
    return found


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

    paths = below(site, name) or []
    return read_posts(site, frozenset(paths)).get(paths[0]) if len(paths) == 1 else None


def read_posts(site: Path, paths: frozenset[str]) -> dict[str, Subject]:
    """Return the posts and pages at `paths`, relative to the site with `/`, that can be read, by path."""
    from blogq.lint.reader import SubjectReader

    found = survey(site, 0)
    if found.sources is None or not paths:
        return {}
    config = found.loaded.config
    judging = Judging(real(site) / STORE, config, found.sources, found.cascade, ())
    reader = SubjectReader(judging.task.options, config.author)
    subjects = {}
    for item, row in zip(items_of(found), found.rows, strict=True):
        if row.path in paths and row.status != "broken":
            subject = read_subject(reader, judging.task, item)
            if subject is not None:
                subjects[row.path] = subject
    return subjects
