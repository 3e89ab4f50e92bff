"""Which files belong to the corpora that a config names: names and stat tuples only, as cheap as a scan."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from blogq.collect import Scan, Stat, Unreadable, read_file, real, reason, scan, stat_of, within
from blogq.config.rarities import Corpus
from blogq.config.schema import Config
from blogq.content.name import is_markdown
from blogq.corpora.document import Place
from blogq.finding import Finding, Span
from blogq.source_names import STORE, content_folder, kept, passed_over

Kind = Literal["text", "markdown", "html", "feed", "json-feed", "wordpress", "post"]

FETCHED = "corpora"
"""Folder in the store for corpora that were fetched and have no `path`."""
SITEMAP = "sitemap.xml"
"""Name of a fetched sitemap."""
CONFIGS = ("blogq.yaml", "blogq.yml")
LARGEST = 64 << 20
"""Bytes of the largest file that is read."""
LARGEST_EXPORT = 512 << 20
"""Bytes of the largest export of WordPress; these are read as a stream."""
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys((".txt", ".text", ".rst", ".adoc", ".asciidoc", ".org", ".textile", ".asc"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdx", ".mkd", ".mdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf"), "feed"),
}
"""How files in a folder of texts are read, by the ending of their names; others are passed over."""
_HEAD = 1 << 16


class CorpusFile(NamedTuple):
    """One file of a corpus."""

    corpus: str
    path: str
    """Absolute, without symbolic links."""
    shown: str
    """Relative to the site, with `/`."""
    kind: Kind
    """How it is read; `post` is a source of another blogq site."""
    stat: Stat
    """As of the scan: when it is the same, so is the file."""


class Listed(NamedTuple):
    """One corpus, listed."""

    name: str
    type: str
    """As in the config, inferred where it isn't there; empty for what is gone."""
    shown: str
    """Where it is, relative to the site."""
    files: tuple[CorpusFile, ...]
    findings: tuple[Finding, ...]


def corpus_files(
    corpora: Mapping[str, Corpus], site: Path, config: Config | None = None
) -> tuple[tuple[CorpusFile, ...], tuple[Finding, ...]]:
    """Return the files of `corpora`, by corpus and path, and a finding for each that is gone, empty or too large.

    `config` is that of the folder `site`, which is read where it is left out: the site's own sources, its output and
    its store never belong to a corpus.
    """
    listed = list_corpora(corpora, site, config)
    return tuple(file for each in listed for file in each.files), tuple(f for each in listed for f in each.findings)


def list_corpora(corpora: Mapping[str, Corpus], site: Path, config: Config | None = None) -> list[Listed]:
    """Return each of `corpora` with its files, by name."""
    site = real(site)
    if config is None:
        from blogq.config.load import load_config

        config = load_config(site).config
    own = _Own(site, config)
    return [_Lister(name, corpora[name], site, own).listed() for name in sorted(corpora)]


def place_of_corpus(name: str, corpus: Corpus, site: Path) -> Path:
    """Return where a corpus lies, which needn't be there: its `path`, or the folder that it is fetched into."""
    return site / corpus.path if corpus.path else site / STORE / FETCHED / name


def shown_at(path: str | Path, site: Path) -> str:
    """Return `path` relative to the site, with `/`; absolute where there is no way from one to the other."""
    try:
        return os.path.relpath(path, site).replace(os.sep, "/")
    except ValueError:
        return Path(path).as_posix()


def type_at(path: Path) -> str:
    """Return the type of the corpus at `path`, as what is there tells it; empty where it can't be told."""
    if path.is_dir():
        if any((path / name).is_file() for name in CONFIGS):
            return "site"
        return (
            "sitemap"
            if (path / SITEMAP).is_file() and _root_of(path / SITEMAP)[0] in ("urlset", "sitemapindex")
            else "texts"
        )
    kind = "feed" if path.suffix.lower() == ".json" else KINDS.get(path.suffix.lower(), "")
    if kind != "feed" or path.suffix.lower() == ".json":
        return kind if kind in ("", "feed") else "texts"
    root, attributes = _root_of(path)
    if root in ("urlset", "sitemapindex"):
        return "sitemap"
    return "wordpress" if "xmlns:wp" in attributes else "feed"


def _root_of(path: Path) -> tuple[str, str]:
    """Return the name of the root element of the XML at `path`, and its attributes; nothing where there is none."""
    from blogq.corpora.xml_stream import Root, XmlStream

    found: list[Root] = []

    def begin(root: Root) -> bool:
        found.append(root)
        return False

    stream = XmlStream((), lambda element: False, Place("", ""), begin)
    try:
        with open(path, "rb") as file:
            stream.feed(file.read(_HEAD))
            stream.close()
    except OSError:
        return "", ""
    return (found[0].name, found[0].attributes) if found else ("", "")


class _Own:
    """What is the site's own, and so in no corpus."""

    def __init__(self, site: Path, config: Config) -> None:
        content, output = real(content_folder(site, config)), real(site / config.output)
        self.site = str(site)
        self.content = str(content)
        self.made = (str(output), str(site / STORE))
        self._whole = content == site
        self._beside = output.relative_to(content).as_posix() if output.is_relative_to(content) else ""
        self._ignore = config.ignore

    def has(self, path: str) -> bool:
        """Return whether the file at the real `path` is one of the site's sources."""
        if not is_markdown(path) or not within(path, (self.content,)):
            return False
        inner = os.path.relpath(path, self.content).replace(os.sep, "/")
        return not passed_over(inner, self._whole, self._beside, self._ignore)


class _Lister:
    """Lists one corpus."""

    def __init__(self, name: str, corpus: Corpus, site: Path, own: _Own) -> None:
        self.name, self.corpus, self.site, self.own = name, corpus, site, own
        self.place = Path(os.path.normpath(place_of_corpus(name, corpus, site)))
        self.shown = shown_at(self.place, site)
        self.findings: list[Finding] = []

    def listed(self) -> Listed:
        """Return the corpus."""
        root = Path(os.path.realpath(self.place))
        kind, files = "", []
        try:
            state = os.stat(root)
            if state.st_mode & 0o170000 not in (0o100000, 0o040000):
                self.note("CO101", f"the corpus `{self.name}` is neither a folder nor a file", self._elsewhere())
            else:
                kind = self.corpus.type or type_at(root)
                files = self._files(root, kind, stat_of(state))
        except OSError as error:
            if self.corpus.url and not self.corpus.path:
                hint = f"Run: blogq corpus update {self.name}"
                self.note("CO108", f"the corpus `{self.name}` hasn't been fetched yet from {self.corpus.url}", hint)
            else:
                self.note("CO101", f"the corpus `{self.name}` can't be read: {reason(error)}", self._elsewhere())
        files.sort(key=lambda file: file.shown)
        return Listed(self.name, kind, self.shown, tuple(files), tuple(self.findings))

    def note(self, code: str, message: str, hint: str, shown: str = "") -> None:
        """Add a finding about the corpus, or about a file of it."""
        self.findings.append(Finding(code, "warning", Span(shown or self.shown), message, hint))

    def _elsewhere(self) -> str:
        if self.corpus.url:
            return f"Run: blogq corpus update {self.name}"
        return f"Mend its `path` in blogq.yaml, or take it out: blogq corpus remove {self.name}"

    def _files(self, root: Path, kind: str, state: Stat) -> list[CorpusFile]:
        findings = len(self.findings)
        store = self.own.made[1]
        if within(str(root), self.own.made) and not within(str(root), (f"{store}{os.sep}{FETCHED}",)):
            files = []
        elif root.is_dir():
            os.scandir(root).close()
            if kind == "site":
                files = self._of_site(root)
            elif kind == "sitemap" and (root / SITEMAP).is_file():
                files = self._of_sitemap(root / SITEMAP)
            else:
                files = self._of_folder(root)
        elif kind == "sitemap":
            files = self._of_sitemap(root)
        else:
            files = self._alone(root, kind, state)
        if not files and len(self.findings) == findings:
            message = f"the corpus `{self.name}` has no file that can be read as a text"
            hint = "Put texts there: plain text, Markdown, HTML, feeds; the site's own sources don't count."
            self.note("CO106", message, hint)
        return files

    def _alone(self, path: Path, kind: str, state: Stat) -> list[CorpusFile]:
        read: Kind
        ending = path.suffix.lower()
        if kind == "feed" and ending == ".json":
            read = "json-feed"
        elif kind == "feed" or kind == "wordpress":
            read = "feed" if kind == "feed" else "wordpress"
        elif kind == "texts":
            read = KINDS.get(ending, "text")
        else:
            what = "is a file, and no folder of a site" if kind == "site" else f"can't be told by its name, {path.name}"
            self.note("CO106", f"what the corpus `{self.name}` is {what}", "Write its `type` in blogq.yaml.")
            return []
        return self._fit(str(path), self.shown, read, state)

    def _fit(self, path: str, shown: str, kind: Kind, state: Stat) -> list[CorpusFile]:
        """Return the file, unless it is too large."""
        most = LARGEST_EXPORT if kind == "wordpress" else LARGEST
        if state[0] <= most:
            return [CorpusFile(self.name, path, shown, kind, state)]
        message = f"the file has {state[0] / (1 << 20):,.0f} MB, more than {most >> 20}; it is left out"
        self.note("CO104", message, "Split it, or name it as `type: wordpress` if it is an export.", shown)
        return []

    def _scan(self, root: Path, shown: str, keep: Callable[[str, bool], bool]) -> Scan:
        """List the files below `root`, with the corpora's own codes for what is in the way."""
        found = scan(root, shown, (str(root),), keep, self.own.made)
        for each in found.findings:
            self.findings.append(as_corpus_finding(each))
        return found

    def _of_folder(self, root: Path, only: Kind | None = None) -> list[CorpusFile]:
        avoided = {*self.own.made}
        if within(self.own.site, (str(root),)) and self.own.site != str(root):
            # A folder that the site lies in.
            avoided.add(self.own.site)
        base = str(root)
        may_be_own = within(self.own.content, (base,)) or within(base, (self.own.content,))

        def keep(path: str, is_folder: bool) -> bool:
            name = path.rpartition("/")[2]
            if name[0] == "." or name[-1] == "~":
                return False
            if is_folder:
                return name != "node_modules" and f"{base}/{path}" not in avoided
            return True

        files: list[CorpusFile] = []
        found = self._scan(root, self.shown, keep)
        for path, state in zip(found.paths, found.stats, strict=True):
            dot = path.rfind(".", path.rfind("/") + 1)
            ending = path[dot:].lower() if dot >= 0 else ""
            kind = KINDS.get(ending) if ending else "text"
            if path == "feed.json" or path.endswith("/feed.json"):
                kind = "json-feed"
            if kind is None or (only and kind != only) or (may_be_own and self.own.has(f"{base}/{path}")):
                continue
            files += self._fit(f"{base}/{path}", f"{self.shown}/{path}", kind, state)
        return files

    def _of_site(self, root: Path) -> list[CorpusFile]:
        from blogq.config.load import load_config

        loaded = load_config(root)
        for each in loaded.findings:
            if each.severity == "error":
                message = f"the config of the site has a mistake: {each.message}"
                shown = f"{self.shown}/{each.span.path}"
                self.findings.append(Finding("CO103", "warning", each.span._replace(path=shown), message, each.hint))
        folder = content_folder(root, loaded.config)
        content, output = real(folder), real(root / loaded.config.output)
        if not content.is_dir():
            self.note("CO101", f"the site has no folder {shown_at(folder, root)}", "Mend `content` in its blogq.yaml.")
            return []
        beside = output.relative_to(content).as_posix() if output.is_relative_to(content) else ""
        wanted = kept(content == root, beside, loaded.config.ignore)
        shown = f"{self.shown}/{shown_at(content, root)}" if content != root else self.shown

        def keep(path: str, is_folder: bool) -> bool:
            return (is_folder or is_markdown(path)) and wanted(path, is_folder)

        files: list[CorpusFile] = []
        found = self._scan(content, shown, keep)
        for path, state in zip(found.paths, found.stats, strict=True):
            if not self.own.has(f"{content}/{path}"):
                files += self._fit(f"{content}/{path}", f"{shown}/{path}", "post", state)
        return files

    def _of_sitemap(self, path: Path) -> list[CorpusFile]:
        from blogq.corpora.sitemap import candidates, read_sitemap, sitemap_names

        root = path.parent
        # The folder is what is listed; `path` of the config may be the sitemap itself.
        if self.place.is_file():
            self.shown = shown_at(self.place.parent, self.site)
        files = self._of_folder(root, "html")
        waiting, seen, belongs = [path.name], set[str](), set[str]()
        while waiting:
            name = waiting.pop()
            seen.add(name)
            shown = f"{self.shown}/{name}"
            try:
                data = read_file(str(root), name, shown, (str(root),), LARGEST).data
            except Unreadable as error:
                self.findings.append(as_corpus_finding(error.finding))
                continue
            located, noticed = read_sitemap(data, Place(self.name, shown))
            self.findings += noticed
            for each in located:
                if each.is_sitemap:
                    saved = next((one for one in sitemap_names(each.url) if (root / one).is_file()), "")
                    if saved and saved not in seen and saved not in waiting:
                        waiting.append(saved)
                else:
                    belongs.update(f"{root}/{name}" for name in candidates(each.url))
        return [file for file in files if file.path in belongs]


def as_corpus_finding(found: Finding) -> Finding:
    """Return what a scan or a read found as a warning about a corpus."""
    place, message, hint = found.span, found.message, "It is left out until that is mended."
    if found.code == "SR103":
        return Finding("CO107", "warning", place, message.replace("the site", "the corpus"), hint)
    if found.code == "SR105":
        return Finding("CO104", "warning", place, message, hint)
    return Finding("CO102", "warning", place, message, hint)
