"""`blogq corpus`: the texts that posts are compared with besides each other."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogq.cli.options import Refusal, as_json, site

if TYPE_CHECKING:
    from blogq.config.load import Loaded
    from blogq.config.rarities import Corpus
    from blogq.corpora.census import Census
    from blogq.corpora.update import Outcome

TYPES = ("texts", "site", "feed", "sitemap", "wordpress")


@click.group("corpus")
def command() -> None:
    """List, add, remove, count and update reference corpora.

    These are texts of others, or older ones, that posts are compared with: docs/corpora.md. Exit code: 0, or 2 when
    something can't be done.
    """


@command.command("list")
@site
@as_json
def list_command(site: Path, as_json: bool) -> None:
    """List the corpora: kind, place, how many texts, the newest date, problems."""
    from blogq.report.text import counted, safe

    found = _counted(site, ())
    if as_json:
        _print_json(found)
        return
    if not found:
        click.echo("no corpora; `blogq corpus add NAME PATH` declares one")
        return
    names, places = max(len(each.name) for each in found), max(len(each.place) for each in found)
    from blogq.corpora.census import day

    for each in found:
        problems = f"  {counted(len(each.findings), 'problem')}" if each.findings else ""
        told = f"{each.name:{names}}  {each.type or '-':9}  {each.place:{min(places, 50)}}  "
        click.echo(
            safe(
                told + f"{each.texts:>7,} {'text ' if each.texts == 1 else 'texts'}  {day(each.last) or '-'}{problems}"
            )
        )
    _tell(found)


@command.command("stats")
@click.argument("name", required=False)
@site
@as_json
def stats_command(name: str | None, site: Path, as_json: bool) -> None:
    """Count what is in the corpora, or in one: files, texts, words, languages, dates, what can't be read."""
    from blogq.corpora.census import day
    from blogq.report.text import counted, safe

    found = _counted(site, (name,) if name else ())
    if as_json:
        _print_json(found)
        return
    for each in found:
        languages = ", ".join(f"{tag or 'not said'} {count:,}" for tag, count in each.languages.items())
        span = f"{day(each.first)} to {day(each.last)}" if day(each.first) else "not known"
        rows = [
            f"{each.name}: {each.type or 'not there'}, {each.place}" + (f", from {each.url}" if each.url else ""),
            f"  {counted(each.files, 'file')}, {counted(each.texts, 'text')}, {counted(each.words, 'word')}",
            f"  languages: {languages or '-'}",
            f"  dates: {span}",
            *([f"  {counted(each.unreadable, 'file')} that nothing could be read of"] if each.unreadable else []),
        ]
        click.echo("\n".join(map(safe, rows)))
    _tell(found)


@command.command("add")
@click.argument("name")
@click.argument("place", metavar="PATH-or-URL")
@click.option("--type", "kind", type=click.Choice(TYPES), default=None, help="What it is; by what is there otherwise.")
@click.option(
    "--into", default="", metavar="FOLDER", help="Folder of the site to fetch a URL into, instead of the store."
)
@site
def add_command(name: str, place: str, kind: str | None, into: str, site: Path) -> None:
    """Declare the corpus NAME in blogq.yaml: texts at a path, or a feed or sitemap at a URL.

    Nothing else in the file changes. A path is one from here, and is written as one from the site's folder.
    """
    from blogq.config.rarities import Corpus
    from blogq.corpora.config_text import with_corpus
    from blogq.corpora.files import shown_at, type_at
    from blogq.report.text import safe

    if place.lower().startswith(("http://", "https://")):
        corpus = Corpus(into, kind or "", place)
        told = f"run `blogq corpus update {name}` to fetch it"
    else:
        if into:
            raise Refusal("--into is for what is fetched from a URL")
        path = Path(place)
        if not path.exists():
            raise Refusal(f"there is no {place}")
        told = kind or type_at(path)
        if not told:
            raise Refusal(f"{place} is of no kind that can be read; --type says which it is: {', '.join(TYPES)}")
        written = place if Path(place).is_absolute() else shown_at(path.absolute(), site.absolute())
        corpus = Corpus(Path(written).as_posix(), kind or "")
    loaded = _loaded(site)
    if name in loaded.config.corpora:
        raise Refusal(f"there is a corpus {name} already; `blogq corpus remove {name}` takes it out")
    _rewrite(site, name, corpus, lambda text: with_corpus(text, name, corpus))
    click.echo(safe(f"{name}: {told}"))


@command.command("remove")
@click.argument("name")
@site
def remove_command(name: str, site: Path) -> None:
    """Take the corpus NAME out of blogq.yaml. Its files stay."""
    from blogq.corpora.config_text import without_corpus
    from blogq.report.text import safe

    _rewrite(site, name, None, lambda text: without_corpus(text, name))
    click.echo(safe(f"{name}: no longer a corpus"))


@command.command("update")
@click.argument("names", nargs=-1)
@site
@click.option("--pause", type=click.FloatRange(0, 60), default=1.0, show_default=True, help="Seconds between requests.")
@click.option("--timeout", type=click.FloatRange(1, 300), default=20.0, show_default=True, help="Seconds to wait.")
@click.option("--most", type=click.IntRange(1), default=1000, show_default=True, help="Pages of a sitemap to ask for.")
@click.option("--allow-private", is_flag=True, help="Let addresses in private networks be asked.")
def update_command(
    names: tuple[str, ...], site: Path, pause: float, timeout: float, most: int, allow_private: bool
) -> None:
    """Fetch feeds and sitemaps: all corpora that have a URL, or those named.

    The only command that reads other sites. It heeds robots.txt, asks each site for one thing a second, and only for
    what may have changed. What is there stays until its successor is whole.
    """
    from blogq.collect import real
    from blogq.corpora.update import update, waiting
    from blogq.external.download import Everywhere, Visitor

    loaded = _loaded(site)
    corpora = loaded.config.corpora
    _known(names, corpora)
    for each in names:
        if not corpora[each].url:
            raise Refusal(f"{each} has no `url`, so there is nothing to fetch")
    wanted = [name for name in waiting(corpora) if not names or name in names]
    if not wanted:
        raise Refusal("no corpus has a `url`; `blogq corpus add NAME URL` declares one")
    visitor = Visitor(pause, timeout, Everywhere() if allow_private else ())
    outcomes: list[Outcome] = []
    for name in wanted:

        def progress(done: int, of: int, name: str = name) -> None:
            if sys.stderr.isatty():
                click.echo(f"\r{name}: {done:,} of {of:,} pages", nl=done == of, err=True)

        outcome = update(name, corpora[name], real(site), visitor, most, progress)
        outcomes.append(outcome)
        _tell_outcome(outcome)
        if outcome.is_cut_off:
            raise Refusal("this machine seems to have no network; what was fetched before is as it was")
    if any(outcome.failed for outcome in outcomes):
        sys.exit(2)


def _tell_outcome(outcome: Outcome) -> None:
    from blogq.report.text import counted, safe

    for problem in outcome.problems:
        click.echo(safe(f"{outcome.name}: {problem}"), err=True)
    if outcome.failed:
        click.echo(safe(f"{outcome.name}: {outcome.failed}"), err=True)
        if not (outcome.fetched or outcome.unchanged):
            return
    told = f"{counted(outcome.fetched, 'file')} fetched, {outcome.unchanged:,} unchanged"
    told += f", {counted(outcome.left, 'page')} left for the next update" if outcome.left else ""
    told += (
        f", {counted(outcome.foreign, 'address', 'addresses')} on other sites passed over" if outcome.foreign else ""
    )
    click.echo(safe(f"{outcome.name}: {told}"))


def _loaded(site: Path) -> Loaded:
    """Return the site's config, which must have no errors."""
    from blogq.collect import real
    from blogq.config.load import load_config
    from blogq.report.text import findings_text

    loaded = load_config(real(site))
    errors = [finding for finding in loaded.findings if finding.severity == "error"]
    if errors:
        click.echo(findings_text(errors, sys.stderr.isatty()), err=True, nl=False)
        sys.exit(2)
    return loaded


def _known(names: tuple[str, ...], corpora: dict[str, Corpus]) -> None:
    from difflib import get_close_matches

    for name in names:
        if name not in corpora:
            near = get_close_matches(name, corpora, 1)
            known = f"known: {', '.join(sorted(corpora))}" if corpora else "the site has none"
            raise Refusal(f"no corpus is called {name}; " + (f"did you mean {near[0]}?" if near else known))


def _counted(site: Path, names: tuple[str, ...]) -> list[Census]:
    from blogq.collect import real
    from blogq.corpora.census import census

    loaded = _loaded(site)
    _known(names, loaded.config.corpora)
    return census(loaded.config, real(site), names)


def _print_json(found: list[Census]) -> None:
    from blogq.corpora.census import as_object

    told = {"schema": "blogq-corpora/1", "corpora": [as_object(each) for each in found]}
    click.echo(json.dumps(told, indent=2))


def _tell(found: list[Census]) -> None:
    from blogq.finding import in_order
    from blogq.report.text import findings_text

    findings = in_order([finding for each in found for finding in each.findings])
    click.echo(findings_text(findings, sys.stderr.isatty()), err=True, nl=False)


def _rewrite(site: Path, name: str, corpus: Corpus | None, change: object) -> None:
    """Change the text of blogq.yaml, and take that back where it can't be read as it was meant."""
    from blogq.collect import real
    from blogq.config.load import NAMES, load_config
    from blogq.corpora.config_text import Unchangeable

    assert callable(change)
    root = real(site)
    path = next((root / each for each in NAMES if (root / each).exists()), root / NAMES[0])
    # A link stays one: what it leads to is changed.
    path = Path(os.path.realpath(path))
    try:
        before = path.read_bytes() if path.exists() else None
        text = (before or b"").decode("utf-8")
        after: str = change(text)
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"{path} is not UTF-8") from error
    except Unchangeable as error:
        raise Refusal(str(error)) from error
    was = load_config(root)
    _write(path, after.encode())
    now = load_config(root)
    meant = {key: value for key, value in was.config.corpora.items() if key != name}
    meant |= {name: corpus} if corpus else {}
    wrong = [each for each in now.findings if each.severity == "error" and each not in was.findings]
    if wrong or dict(now.config.corpora) != meant:
        if before is None:
            path.unlink()
        else:
            _write(path, before)
        why = f"{wrong[0].message}. {wrong[0].hint}" if wrong else "the file would say something else then"
        raise Refusal(f"{path.name} is left as it was: {why}")


def _write(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file, whole or not at all."""
    import shutil

    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(data)
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refusal(f"{path} can't be written: {error.strerror}") from error
