"""Rules that config silences for some paths: `check: silence: [{path: posts/2014, rules: RD, because: …}]`."""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import normpath

from blogq.config.rarities import Silence
from blogq.finding import Finding, Span
from blogq.glob import matcher
from blogq.lint.day import day_of, is_day
from blogq.lint.selection import codes_of, parse_codes, unknown_codes
from blogq.lint.suppression import CODE


def silence_mistakes(entries: Sequence[Silence], origin: Span) -> list[Finding]:
    """Return what is wrong with entries of `check.silence`, which are given at `origin`."""
    found = []
    for at, each in enumerate(entries, 1):
        wrong = ""
        hint = "such as {path: posts/2014, rules: RD003, because: they are kept as they were}"
        codes = parse_codes(each.rules)
        if not each.path.strip() or not codes:
            wrong = "names no path" if not each.path.strip() else "names no rules"
        elif not each.because.strip():
            wrong, hint = "gives no reason", "say with `because` why these rules should be silent there"
        elif unknown := unknown_codes(codes):
            wrong, hint = f"names a rule that there isn't: {unknown[0]!r}", "`blogq rules` lists them all"
        elif each.until and not is_day(each.until):
            wrong, hint = f"has an `until` that is no day: {each.until!r}", "write it as 2027-01-31"
        if wrong:
            found.append(Finding("CF103", "error", origin, f"`check.silence`, entry {at}, {wrong}", hint))
    return found


class Silences:
    """The entries of `check.silence`, and which of them have silenced something."""

    def __init__(self, entries: Sequence[Silence], shown: str, now: int) -> None:
        """Take sound entries; `shown` is the content folder as findings name it, `now` in seconds since 1970."""
        self._day = day_of(now)
        self._shown = shown
        self._entries = [
            (
                each,
                parse_codes(each.rules),
                [matcher(glob) for path in _below(each.path, shown) for glob in (path, f"{path}/**")],
            )
            for each in entries
        ]
        self._used: set[int] = set()

    def silences(self, finding: Finding) -> bool:
        """Return whether an entry silences `finding`, and remember which does."""
        found = False
        path = finding.span.path
        if not path.startswith(self._shown):
            return False
        for at, (each, codes, matches) in enumerate(self._entries):
            if (
                finding.code.startswith(codes)
                and not (each.until and self._day >= each.until)
                and any(match(path[len(self._shown) :]) for match in matches)
            ):
                self._used.add(at)
                found = True
        return found

    def unused(self, origin: Span, applied: frozenset[str]) -> list[Finding]:
        """Return a finding, at `origin`, for each entry that has silenced nothing although its rules were `applied`."""
        found = []
        for at, (each, given, _) in enumerate(self._entries):
            if at in self._used or not applied.issuperset((CODE, *codes_of(given))):
                continue
            codes = ", ".join(given)
            ended = bool(each.until) and self._day >= each.until
            message = (
                f"silencing {codes} in {each.path} ended on {each.until}"
                if ended
                else f"there is no {codes} to be silenced in {each.path}"
            )
            told = "take the entry out of `check.silence`"
            found.append(Finding(CODE, "note", origin, message, told, "", f"silence {codes} in {each.path}"))
        return found


def _below(path: str, shown: str) -> list[str]:
    """Return the patterns, below the content folder, that are meant by `path`.

    It may begin with the content folder, as findings name their sources; a folder of that name in it counts as well.
    """
    path = normpath(path.strip()).lstrip("/")
    found = [path]
    if shown and f"{path}/".startswith(shown):
        found.append(path[len(shown) :])
    return ["**" if each in ("", ".") else each for each in found]
