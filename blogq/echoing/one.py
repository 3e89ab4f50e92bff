"""One post of a site and what it has in common with what was written before it, its texts at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from blogq.collect import real
from blogq.config.schema import Config
from blogq.echoing.comparison import FOLDER, Comparison, declarations, undamaged
from blogq.echoing.holdings import Given, Posted, posted
from blogq.finding import Finding
from blogq.gate import items_of, read_posts
from blogq.judging import Judging
from blogq.lint.comparable import boilerplate_of
from blogq.lint.echoes import Compared, Texts
from blogq.lint.mistakes import config_mistakes
from blogq.lint.paths import below
from blogq.lint.quotations import quotations_of
from blogq.lint.selection import select
from blogq.listing import Row, Survey, survey
from blogq.sources import STORE


class Opened(NamedTuple):
    """A post that was compared."""

    post: Compared
    texts: Texts
    row: Row
    config: Config
    statuses: Mapping[str, str]
    """Status of each source of the site, by path."""
    series: int
    """Earlier posts that it wasn't held against, since they are of its series."""
    replaces: tuple[str, ...]
    """What it names in `replaces`, which it wasn't held against either."""
    problems: tuple[Finding, ...]
    """What is wrong with the corpora."""
    quotations: tuple[tuple[int, int, str], ...] = ()
    """Its quotations that name their source, and so aren't compared: line, words, how (`Quotation.source`)."""
    judged: bool = True
    """Whether the gate judges by what came of it: some rule of scope `texts` is on."""


class Unfit(Exception):
    """What was named can't be compared; the message says why, and what to do."""


@contextmanager
def opened(site: Path, name: str, now: int, jobs: int = 0) -> Iterator[Opened]:
    """Compare the post called `name`, a path as somebody would type it, with what came before it.

    All posts of the site, drafts among them, and all texts of its corpora are brought into the index that `blogq check`
    keeps. `now` is in seconds since 1970; `jobs` are processes, 0 for as many as there are processors. The texts can be
    read until the context ends. Raises `Unfit` where there is no such post, or it can't be compared.
    """
    found = survey(site, now)
    config = found.loaded.config
    wrong = [each for each in found.findings if each.severity == "error"]
    wrong += config_mistakes(config, found.loaded.origins)
    if found.sources is None or any(each.code[:2] == "CF" for each in wrong):
        raise Unfit("the config has to be mended first: `blogq check` says what and where")
    row = _named(found, site, name)
    # The rules that the gate goes by, so that both share what they keep of the posts.
    check = config.check
    selected = [each for each in select(check.select, check.ignore, check.rules, config.style) if not each.rule.network]
    judging = Judging(real(site) / STORE, config, found.sources, found.cascade, selected)
    if judging.task.boilerplate is None:
        judging.task = judging.task._replace(boilerplate=boilerplate_of(config.boilerplate))
    items = items_of(found)
    judged = judging.judge(items, jobs, keep=True)
    given = Given(real(site), items, judging, jobs)
    posts = posted(found, judged, given)
    declared = declarations(found, judged, posts)
    folder = judging.store / FOLDER
    comparison, texts, post = undamaged(folder, lambda place: _compared(found, posts, declared, given, place, row))
    with comparison:
        at = next(number for number, each in enumerate(posts) if each.path == row.path)
        statuses = {each.path: each.status for each in found.rows}
        yield Opened(
            post,
            texts,
            row,
            config,
            statuses,
            _of_series(at, posts, declared),
            tuple(declared[at]["replaces"]),
            tuple(comparison.problems),
            _quoted(site, row.path),
            any(each.rule.scope == "texts" for each in selected),
        )


def _named(found: Survey, site: Path, name: str) -> Row:
    """Return the post that is called `name`, or stands alone in the folder that is."""
    rows = {row.path: row for row in found.rows}
    paths = below(site, name) or []
    meant = [rows[path] for path in paths if path in rows]
    if len(meant) == 1 and meant[0].status == "broken":
        raise Unfit(f"{name!r} can't be read: `blogq check` says why")
    if len(meant) == 1 and meant[0].kind != "post":
        raise Unfit(f"{name!r} is a page; only posts are compared with what was written before")
    if len(meant) == 1:
        return meant[0]
    if len(meant) > 1:
        raise Unfit(f"{name!r} holds {len(meant)} posts and pages; name one of them")
    names: dict[str, list[str]] = {}
    for path, row in rows.items():
        if row.kind == "post":
            names.setdefault(_stem(path), []).append(path)
    stem = _stem(name)
    close = [stem] if stem in names else get_close_matches(stem, names, 3)
    near = [path for each in close for path in names[each]][:3]
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `blogq list` lists the posts"
    raise Unfit(f"{name!r} is no post of this site that can be read{hint}")


def _stem(path: str) -> str:
    """Return what a post is called: its file without the ending, or the folder of a bundle."""
    *folders, last = path.rstrip("/").split("/")
    stem = last.partition(".")[0]
    return folders[-1] if stem == "index" and folders else stem


def _compared(
    found: Survey,
    posts: Sequence[Posted],
    declared: Sequence[Mapping[str, Any]],
    given: Given,
    folder: Path | None,
    row: Row,
) -> tuple[Comparison, Texts, Compared]:
    """Compare a site's posts, and return the one at `row`; its texts are read, so that damage shows here."""
    comparison = Comparison(found, posts, declared, given, folder)
    try:
        texts = comparison.texts()
        post = next((each for each in texts.posts if each.path == row.path), None)
        if post is None:
            raise Unfit(f"{row.path} has no text of its own that could be compared")
        for number in (post.number, *(echo.source.number for echo in post.echoes)):
            texts.material(number)
    except BaseException:
        comparison.__exit__()
        raise
    return comparison, texts, post


def _quoted(site: Path, path: str) -> tuple[tuple[int, int, str], ...]:
    """Return the quotations of a post that name their source."""
    subject = read_posts(site, frozenset((path,))).get(path)
    found = quotations_of(subject) if subject is not None else ()
    return tuple((each.line, each.words, each.source) for each in found if each.attributed)


def _of_series(at: int, posts: Sequence[Posted], declared: Sequence[Mapping[str, Any]]) -> int:
    """Return how many posts came before one of `posts` and share a series with it."""
    own, post = set(declared[at]["series"]), posts[at]
    return sum(
        bool(own.intersection(told["series"])) and (each.date, each.path) < (post.date, post.path)
        for each, told in zip(posts, declared, strict=True)
    )
