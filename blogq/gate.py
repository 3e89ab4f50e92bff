"""The gate, on one screen: read the site, judge what isn't judged yet, judge the blog as a whole, give the verdict."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from blogq import workers
from blogq.collect import LARGEST_SOURCE, Unreadable, read_file, real
from blogq.config.schema import Config
from blogq.content.post import DRAFT, Entry, ParseOptions
from blogq.finding import Finding, Span, in_order
from blogq.lint.blog import Blog, Judged
from blogq.lint.judge import Judgement
from blogq.lint.selection import Selected, mistakes, select
from blogq.lint.subject import Subject
from blogq.lint.suppression import Suppression, silenced
from blogq.lint.verdict import Pace, PostVerdict, Verdict
from blogq.listing import Row, survey
from blogq.sources import STORE, Sources
from blogq.store.digest import compose, of_value
from blogq.store.judgements import load_judgements, save_judgements
from blogq.store.versions import code_digest

TURN = 16
"""Posts that a worker judges at a time; fewer than two such turns are not worth a second process."""
DAY = 86_400
RECENT = 12
"""Posts that count as the latest: as many as CD002 compares with those before."""


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


class Task(NamedTuple):
    """What a worker needs to judge."""

    options: ParseOptions
    author: str
    selected: tuple[tuple[str, Any, Any], ...]
    """Code, options and severity of each rule."""
    root: str
    shown: str
    bounds: tuple[str, ...]


class Item(NamedTuple):
    """A post to be judged."""

    path: str
    kind: str
    language: str


class _Worker:
    """Judges one post after the other."""

    def __init__(self, task: Task) -> None:
        from blogq.lint.reader import SubjectReader
        from blogq.lint.registry import rule

        self.task = task
        self.reader = SubjectReader(task.options, task.author)
        self.selected = [Selected(rule(code), options, severity) for code, options, severity in task.selected]

    def judge(self, item: Item) -> Judgement | None:
        """Return the judgement of a post; None where it can't be read, which the build's findings tell of."""
        from blogq.lint.judge import judge

        task = self.task
        shown = task.shown + item.path
        try:
            data = read_file(task.root, item.path, shown, task.bounds, LARGEST_SOURCE).data
        except Unreadable:
            return None
        subject = self.reader.read(data, item.path, shown, item.kind, item.language)
        return None if subject is None else judge(subject, self.selected)


def _turn(worker: _Worker, items: Sequence[Item]) -> list[Judgement | None]:
    return [worker.judge(item) for item in items]


def run_gate(ask: Ask) -> Verdict:
    """Return the verdict on a site; what is wrong with the site itself is among its findings, and counts as unread."""
    found = survey(ask.site, ask.now)
    config = found.loaded.config
    findings = list(found.findings)
    findings += mistakes(config.check.rules, Span("blogq.yaml"))
    if found.sources is None or any(f.code[:2] == "CF" and f.severity == "error" for f in findings):
        errors = [finding for finding in findings if finding.severity == "error"]
        return Verdict(ask.now, (), tuple(in_order(errors)), Pace(0), unread=max(1, len(errors)))
    # Notes and warnings of the build are the build's to tell.
    findings = [finding for finding in findings if finding.severity == "error"]
    selected = select(ask.chosen or config.check.select, (*config.check.ignore, *ask.ignored), config.check.rules)
    judgements = _judged(ask, config, found.sources, found.entries, found.rows, selected)
    posts = [
        _post(entry, row, judgement)
        for entry, row, judgement in zip(found.entries, found.rows, judgements, strict=True)
    ]
    blog = Blog(tuple(sorted((post for post in posts if post.kind == "post"), key=lambda p: (p.date, p.path))), ask.now)
    of_blog: dict[str, list[Finding]] = {}
    for each in selected:
        if each.rule.scope == "blog":
            for told in each.rule.check(blog, each.options):
                said = told._replace(severity=each.severity) if each.severity else told
                of_blog.setdefault(told.span.path, []).append(said)
    codes = [each.rule.code for each in selected]
    suppressed: dict[str, int] = {}
    for row, judgement in zip(found.rows, judgements, strict=True):
        of_post = [*(judgement.findings if judgement else ()), *of_blog.get(row.path, ())]
        if judgement is not None and judgement.suppressions:
            of_post, suppressed[row.path] = silenced(row.path, of_post, judgement.suppressions, ask.now, codes)
        findings += of_post
    wanted = {row.path for row in found.rows if row.status != "draft"} if ask.only is None else ask.only
    broken = {row.path for row in found.rows if row.status == "broken"}
    known = {row.path for row in found.rows}
    findings = [f for f in findings if f.span.path in wanted or f.span.path in broken or f.span.path not in known]
    unread = sum(f.severity == "error" and (f.span.path in broken or f.span.path not in known) for f in findings)
    verdicts = [
        PostVerdict(
            path=row.path,
            url=row.url,
            title=row.title,
            date=row.date,
            draft=bool(entry.flags & DRAFT),
            language=row.language,
            score=post.score,
            parts=post.parts,
            metrics=post.metrics,
            changed=ask.only is None or row.path in ask.only,
            status=row.status,
            author=post.author,
        )
        for entry, row, post in zip(found.entries, found.rows, posts, strict=True)
        if row.kind == "post" or row.status == "broken" or (ask.only is not None and row.path in ask.only)
    ]
    return Verdict(
        ask.now,
        tuple(verdicts),
        tuple(in_order(findings)),
        pace_of(blog),
        suppressed=sum(count for path, count in suppressed.items() if path in wanted),
        unread=unread,
    )


def _judged(
    ask: Ask,
    config: Config,
    sources: Sources,
    entries: Sequence[Entry],
    rows: Sequence[Row],
    selected: Sequence[Selected],
) -> list[Judgement | None]:
    """Return the judgement of each source, from the store or made now; None for what isn't to be judged."""
    store = real(ask.site) / STORE
    options = ParseOptions.of(config)
    chosen = tuple((each.rule.code, dict(each.options), each.severity) for each in selected)
    environment = compose((code_digest(), of_value((options, config.author, chosen))))
    kept = load_judgements(store)
    keys = [
        compose((environment, entry.source), row.path, row.kind, row.language).hex()
        for entry, row in zip(entries, rows, strict=True)
    ]
    todo = [
        at
        for at, (entry, row) in enumerate(zip(entries, rows, strict=True))
        if entry.kind != "section" and row.status != "broken" and keys[at] not in kept
    ]
    new: dict[str, Any] = {}
    if todo:
        task = Task(options, config.author, chosen, sources.content.root, sources.shown, sources.bounds)
        items = [Item(entries[at].path, rows[at].kind, rows[at].language) for at in todo]
        for at, judgement in zip(todo, _work(task, items, ask.jobs), strict=True):
            new[keys[at]] = judgement
    made = [_from_store(new.get(key, kept.get(key))) for key in keys]
    if new or len(kept) > 2 * len(keys):
        save_judgements(store, {key: value for key in keys if (value := new.get(key, kept.get(key))) is not None})
    return made


def _work(task: Task, items: Sequence[Item], jobs: int) -> Iterable[Judgement | None]:
    jobs = min(jobs or workers.processors(), len(items) // TURN)
    if jobs < 2:
        return _turn(_Worker(task), items)
    from blogq.lint.reader import SubjectReader

    # Loaded before the workers are forked, so that they share it.
    SubjectReader(task.options)
    executor = workers.start(jobs, _Worker, task)
    try:
        return [each for turn in workers.in_turns(executor, _turn, items, TURN) for each in turn]
    finally:
        executor.shutdown()


def _from_store(value: Any) -> Judgement | None:
    """Return a judgement as it was made; None for what the store has none of."""
    if value is None or isinstance(value, Judgement):
        return value
    findings, score, parts, metrics, said, facts = value
    return Judgement(
        tuple(Finding(code, severity, Span(*span), *rest) for code, severity, span, *rest in findings),
        score,
        parts,
        metrics,
        tuple(Suppression(tuple(codes), *rest) for codes, *rest in said),
        facts,
    )


def _post(entry: Entry, row: Row, judgement: Judgement | None) -> Judged:
    facts = judgement.facts if judgement else {}
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
        score=judgement.score if judgement else None,
        parts=judgement.parts if judgement else {},
        metrics=judgement.metrics if judgement else {},
        facts=facts,
    )


def pace_of(blog: Blog) -> Pace:
    """Return how often the blog publishes and how good it is lately."""
    from blogq.library.site import moment

    posts = blog.live()
    if not posts:
        return Pace(0, message="Nothing is published yet.")
    days = [(later.date - earlier.date) / DAY for earlier, later in itertools.pairwise(posts)]
    recent = days[-(RECENT - 1) :]
    scores = [post.score for post in posts if post.score is not None]
    latest = [post.score for post in posts[-RECENT:] if post.score is not None]
    newest = posts[-1]
    since = max(0.0, (blog.now - newest.date) / DAY)
    gap = median(days) if days else None
    recent_gap = median(recent) if recent else None
    score = float(median(scores)) if scores else None
    recent_score = float(median(latest)) if latest else None
    return Pace(
        posts=len(posts),
        newest=moment(newest.date, newest.offset).isoformat(),
        days_since=round(since, 2),
        gap=None if gap is None else round(gap, 2),
        recent_gap=None if recent_gap is None else round(recent_gap, 2),
        score=score,
        recent_score=recent_score,
        message=_told(len(posts), since, gap, recent_gap, score, recent_score),
    )


def _told(
    count: int,
    since: float,
    gap: float | None,
    recent_gap: float | None,
    score: float | None,
    recent_score: float | None,
) -> str:
    """Return the pace in a sentence or two."""
    last = "today" if since < 1 else "yesterday" if since < 2 else f"{since:,.0f} days ago"
    told = f"Pace: {count:,} post{'s' * (count != 1)}, the latest {last}"
    if gap is not None:
        told += f"; usually one every {_days(gap)}"
        if count > RECENT and recent_gap is not None and score is not None and recent_score is not None:
            told += (
                f". The last {RECENT}: one every {_days(recent_gap)}, score {recent_score:.0f} (usually {score:.0f})"
            )
    return told + "."


def _days(days: float) -> str:
    if days < 1 / 12:
        return "few minutes"
    if days < 0.95:
        hours = round(days * 24)
        return f"{hours} hours" if hours != 1 else "hour"
    rounded = f"{days:.1f}".removesuffix(".0")
    return "day" if rounded == "1" else f"{rounded} days"


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
    config, sources = found.loaded.config, found.sources
    reader = SubjectReader(ParseOptions.of(config), config.author)
    subjects = {}
    for entry, row in zip(found.entries, found.rows, strict=True):
        if row.path not in paths or row.status == "broken":
            continue
        try:
            data = read_file(sources.content.root, entry.path, row.path, sources.bounds, LARGEST_SOURCE).data
        except Unreadable:
            continue
        subject = reader.read(data, entry.path, row.path, row.kind, row.language)
        if subject is not None:
            subjects[row.path] = subject
    return subjects
