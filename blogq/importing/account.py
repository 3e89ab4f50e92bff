"""What came of an import: counts, what became of each old address, and what couldn't be carried, by file."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from blogq.importing.carried import Note
from blogq.importing.outlook import Outlook, as_object, edits_lines, told_lines
from blogq.report.text import counted, safe

SCHEMA = "blogq-import/1"
ABSENT = "missing-pictures.curl"
"""File of the new site that tells curl what is still shown from the old one, and where it belongs."""
CODES = {
    "url": "Addresses that are lost",
    "text": "Texts that differ",
    "html": "Texts kept as HTML in part",
    "media": "Pictures and files",
    "script": "Scripts, handlers, addresses that run something",
    "style": "Styles",
    "form": "Forms",
    "embed": "Films and posts from elsewhere",
    "shortcode": "Shortcodes and template tags",
    "block": "Blocks that the old program filled in",
    "pages": "Texts cut into pages",
    "status": "States",
    "date": "Dates",
    "frontmatter": "Front matter",
    "comment": "Comments",
    "duplicate": "Duplicates",
    "type": "What is neither post nor page",
    "file": "Files",
    "xml": "Damage to the export",
    "site": "The site as a whole",
}
"""What notes are about, with the heading under which the report tells of them."""


@dataclass(slots=True)
class Account:
    """What came of an import."""

    kind: str
    source: str
    """Name of the export's file or folder."""
    posts: int = 0
    pages: int = 0
    drafts: int = 0
    comments: int = 0
    media: int = 0
    files: int = 0
    equal: int = 0
    """Texts made into Markdown whose words, as blogq shows them, are those of the export."""
    as_written: int = 0
    """Texts that were Markdown already, and stay as their author wrote them but for what was translated."""
    kept_html: int = 0
    """Texts of which some block stays HTML."""
    live: int = 0
    """Items that readers could see."""
    carried: int = 0
    """Those of them that are posts or pages now."""
    stays: list[tuple[str, str]] = field(default_factory=list)
    """Old address, and the same on the new site."""
    redirected: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    """Old address, and why it is lost."""
    notes: list[Note] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    """How many files were made, were the same, or were kept as they were; in no report: it differs from run to run."""
    kept_files: list[str] = field(default_factory=list)
    report: str = ""
    """Name of the report for people in the new site, once it is written."""
    absent: dict[str, str] = field(default_factory=dict)
    """Addresses of pictures and files of the old site that weren't beside the export, with their paths there."""
    outlook: Outlook | None = None
    """What the gate says of the new site; None where it wasn't asked."""

    def tell(self, note: Note) -> None:
        """Add a note, unless it says what the one before said."""
        if not self.notes or self.notes[-1] != note:
            self.notes.append(note)

    @property
    def kept(self) -> int:
        """Return how many old addresses are addresses of the new site."""
        return len(self.stays)

    @property
    def addresses(self) -> int:
        """Return how many old addresses there were."""
        return self.kept + len(self.redirected) + len(self.lost)


def be(number: int) -> str:
    """Return `is` or `are`."""
    return "is" if number == 1 else "are"


def as_json(account: Account) -> str:
    """Return the whole account for programs (schema `blogq-import/1`)."""
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": account.kind,
        "source": account.source,
        "counts": {
            name: getattr(account, name)
            for name in (
                "posts",
                "pages",
                "drafts",
                "comments",
                "media",
                "live",
                "carried",
                "equal",
                "as_written",
                "kept_html",
            )
        },
        "urls": {
            "kept": account.kept,
            "redirected": [{"old": old, "new": new} for old, new in account.redirected],
            "lost": [{"url": url, "why": why} for url, why in account.lost],
        },
        "absent": [*account.absent],
        "notes": [note._asdict() for note in account.notes],
        "check": None if account.outlook is None else as_object(account.outlook),
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def as_markdown(account: Account) -> str:
    """Return the account for people: a summary, then by file what couldn't be carried."""
    lines = [f"# What came from {_shown(account.source)}", "", *_summary(account), ""]
    lines += _outlook(account.outlook) if account.outlook else []
    if account.absent:
        files, verb = counted(len(account.absent), "file"), be(len(account.absent))
        lines += ["## Pictures to fetch", ""]
        lines.append(
            f"{files} of the old site {verb} shown from there, and would be gone with it. Fetch them while it is"
        )
        lines.append(
            "online, in the folder of the export, with this file of the new site; then import into a new folder:"
        )
        lines += ["", "```sh", f"curl --config path/to/{ABSENT}", "```", ""]
    if account.lost:
        lines += ["## Addresses that are lost", ""]
        lines += [f"- `{_code(url)}`: {_shown(why)}" for url, why in account.lost]
        lines += [""]
    if account.redirected:
        lines += ["## Addresses that redirect", ""]
        lines += [f"- `{_code(old)}` → `{_code(new)}`" for old, new in account.redirected] + [""]
    by_file: defaultdict[str, list[Note]] = defaultdict(list)
    for note in account.notes:
        by_file[note.file].append(note)
    for file in sorted(by_file):
        lines += [f"## {_shown(file) if file else 'The export as a whole'}", ""]
        alike = Counter(
            (note.level, note.code, note.message, *((note.place, note.line) if not file else ("", 0)))
            for note in by_file[file]
        )
        for (level, code, message, place, line), count in alike.items():
            times = f" ({count:,} times)" if count > 1 else ""
            where = (f", {_shown(place)}" if place else "") + (f", line {line}" if line else "")
            lines.append(f"- **{level}**, {CODES.get(code, code).lower()}{where}: {_shown(message)}{times}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _outlook(outlook: Outlook) -> list[str]:
    """Return the section on what the gate says, with a line behind it."""
    lines = ["## What the gate says of it", "", *(f"- {_shown(line)}" for line in told_lines(outlook)), ""]
    if outlook.mend:
        lines += [f"The {counted(len(outlook.mend), 'post')} most worth mending, the weakest of late first:", ""]
        for number, weak in enumerate(outlook.mend, 1):
            told = [_shown(weak.date[:10]), f"score {weak.score}", counted(weak.findings, "finding")]
            lines.append(f"{number}. [{_shown(weak.title)}](<{quote(weak.path)}>), {', '.join(filter(None, told))}")
            lines += [f"   - {_shown(said)}" for said in edits_lines(weak)]
        lines.append("")
    lines += [f"Judged on {outlook.judged[:10]}. `blogq check --no-baseline` lists all that is known.", ""]
    return lines


def outlook_lines(outlook: Outlook) -> list[str]:
    """Return what the gate says, for a terminal."""
    lines = [f"  {safe(line)}" for line in told_lines(outlook)]
    if outlook.mend:
        lines += ["", f"The {counted(len(outlook.mend), 'post')} most worth mending, the weakest of late first:"]
        for weak in outlook.mend:
            lines.append(safe(f"  {weak.score:3}  {weak.title or weak.path}"))
            lines.append(safe(f"       {weak.path}, {counted(weak.findings, 'finding')}"))
            lines += [safe(f"       {said}") for said in edits_lines(weak)[:1]]
    return lines


def _summary(account: Account) -> list[str]:
    lines = [
        f"- {counted(account.posts, 'post')} and {counted(account.pages, 'page')}, {account.drafts:,} of them drafts.",
        f"- Of {counted(account.live, 'item')} that readers could see, {account.carried:,} are posts or pages now.",
        f"- Of {account.addresses:,} old addresses {account.kept:,} are kept, {len(account.redirected):,} redirect, "
        f"{len(account.lost):,} are lost.",
    ]
    if account.equal:
        kept = f"; {account.kept_html:,} of them keep some HTML for that" if account.kept_html else ""
        lines.append(f"- {counted(account.equal, 'text')} made into Markdown: each word is as it was{kept}.")
    if account.as_written:
        lines.append(
            f"- {counted(account.as_written, 'text')} in Markdown already: as written, but for what is listed."
        )
    lines.append(f"- {counted(account.comments, 'comment')} and {counted(account.media, 'file')} came along.")
    numbers = Counter((note.code, note.level) for note in account.notes if note.level != "told")
    for code, heading in CODES.items():
        lost, changed = numbers[code, "lost"], numbers[code, "changed"]
        if lost or changed:
            told = ", ".join(
                f"{number:,} {word}" for number, word in ((lost, "not carried"), (changed, "in another form")) if number
            )
            lines.append(f"- {heading}: {told}.")
    return lines


def summary_lines(account: Account) -> list[str]:
    """Return the summary for a terminal."""
    return [safe(line.removeprefix("- ")) for line in _summary(account)]


def _shown(text: str) -> str:
    """Return a text as Markdown that shows it and does nothing else."""
    text = safe(" ".join(text.split()))
    for sign in "\\`*_[]<>#{}|":
        text = text.replace(sign, "&lt;" if sign == "<" else f"\\{sign}")
    return text


def _code(text: str) -> str:
    return safe(text).replace("`", "%60")
