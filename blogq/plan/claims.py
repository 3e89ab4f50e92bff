"""Which file each job and each copy makes; what happens where two want the same one."""

from __future__ import annotations

from collections.abc import Sequence

from blogq.finding import Finding, Span
from blogq.library.permalinks import folded, impossible, invisible
from blogq.library.site import LineOf
from blogq.plan.jobs import CopyJob, Plan, RenderJob

OWNABLE = frozenset(("robots", "404", "redirects", "sitemap", "headers", "icon", "manifest", "share"))
"""Kinds of generated files that a static file of the site's own takes the place of."""


def settle(
    plan: Plan, copies: Sequence[CopyJob], shown: str, line_of: LineOf
) -> tuple[list[RenderJob], list[CopyJob], list[Finding]]:
    """Return the jobs and copies that stand, and the findings where two want one file.

    `shown` is the content folder's path relative to the site, with a slash at its end unless it is empty.
    """
    copies, findings = _publishable(copies)
    own = {copy.path for copy in copies}
    written = {plan.site.urls[index] for index in plan.site.not_found.values()}
    jobs = [job for job in plan.jobs if not (job.kind in OWNABLE and job.path in own and job.url not in written)]
    paths = [*(job.path for job in jobs), *(copy.path for copy in copies)]
    if _all_apart(paths) and not any(job.kind == "redirect" and impossible(job.url) for job in jobs):
        return jobs, list(copies), findings
    owners: dict[str, RenderJob | CopyJob] = {}
    spelled: dict[str, str] = {}
    folders: dict[str, str] = {}
    kept: list[RenderJob] = []
    kept_copies: list[CopyJob] = []

    def clash(first: RenderJob | CopyJob, second: RenderJob | CopyJob) -> None:
        findings.append(_clash(plan, first, second, shown, line_of))

    # Sources first, then files, old addresses, and last what blogq makes of them.
    ranked: list[RenderJob | CopyJob] = [job for job in jobs if _is_source(plan, job)]
    ranked += copies
    ranked += [job for job in jobs if job.kind != "redirect" and not _is_source(plan, job)]
    ranked += [job for job in jobs if _is_alias(plan, job)]
    for each in ranked:
        path = each.path
        taken = owners.get(path)
        if taken is not None:
            clash(taken, each)
            continue
        if isinstance(each, RenderJob) and _is_alias(plan, each) and (why := impossible(each.url)):
            entry = plan.site.entries[plan.redirects[each.subject].entry]
            span = Span(shown + entry.path, line_of(entry, "aliases"))
            findings.append(
                Finding(
                    "UR102",
                    "error",
                    span,
                    f"the alias {each.url!a} can't be published: {why}",
                    "choose another",
                )
            )
            continue
        fold = folded(path)
        other = spelled.get(fold)
        if other is not None:
            findings.append(_alike(plan, owners[other], each, shown, line_of))
            continue
        owners[path] = each
        spelled[fold] = path
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = path
            folder = folder.rpartition("/")[0]
        if isinstance(each, RenderJob):
            kept.append(each)
        else:
            kept_copies.append(each)
    for path in owners.keys() & folders.keys():
        clash(owners[path], owners[folders[path]])
    kept.sort(key=lambda job: job.url)
    return kept, kept_copies, findings


def _is_alias(plan: Plan, each: RenderJob | CopyJob) -> bool:
    """Return whether an output is an old address of a source."""
    return isinstance(each, RenderJob) and each.kind == "redirect" and not plan.redirects[each.subject].away


def _is_source(plan: Plan, job: RenderJob) -> bool:
    """Return whether a job makes the page of a source, be it one that has moved away."""
    return job.kind in ("post", "page") or (job.kind == "redirect" and plan.redirects[job.subject].away)


def _publishable(copies: Sequence[CopyJob]) -> tuple[list[CopyJob], list[Finding]]:
    """Return the copies whose names can be published, and what is wrong with the names of others."""
    kept: list[CopyJob] = []
    findings: list[Finding] = []
    for copy in copies:
        why = impossible("/" + copy.path)
        if why:
            message = f"this file can't be published: {why}"
            findings.append(Finding("UR102", "error", Span(copy.shown), message, "give it another name"))
            continue
        if invisible(copy.path):
            message = "the file's name makes a URL with characters in it that nobody sees"
            findings.append(Finding("SR107", "warning", Span(copy.shown), message, "write the name anew"))
        kept.append(copy)
    return kept, findings


def _all_apart(paths: list[str]) -> bool:
    """Return whether no two outputs want one file, nor one a folder where another one is a file: the usual case."""
    if len({folded(path) for path in paths}) != len(paths):
        return False
    folders = {path.rpartition("/")[0] for path in paths}
    above = folders
    while above:
        above = {folder.rpartition("/")[0] for folder in above} - folders
        folders = folders | above
    return folders.isdisjoint(paths)


def owner_of(plan: Plan, each: RenderJob | CopyJob, shown: str) -> tuple[str, str]:
    """Return what an output is made from: a path, or nothing where blogq makes it by itself; and that in words."""
    if isinstance(each, CopyJob):
        return each.shown, each.shown
    if each.kind in ("post", "page"):
        path = shown + plan.site.entries[each.subject].path
        return path, path
    if each.kind == "redirect":
        spec = plan.redirects[each.subject]
        path = shown + plan.site.entries[spec.entry].path
        return path, path if spec.away else f"the alias {spec.url} of {path}"
    if each.kind == "list":
        listed = plan.lists[each.subject]
        if listed.kind != "term":
            section = plan.site.editions[listed.edition].sections[listed.section]
            if section.entry >= 0:
                path = shown + plan.site.entries[section.entry].path
                return path, path
        what = {"home": "the home page", "section": f"the page of the folder {listed.section}"}
        return "", what.get(listed.kind, f"the page of {listed.title!r} in {listed.taxonomy}")
    if each.kind == "404" and plan.site.editions[each.edition].language in plan.site.not_found:
        path = shown + plan.site.entries[each.subject].path
        return path, path
    if each.kind == "taxonomy":
        return "", f"the page of all {plan.taxonomies[each.subject].taxonomy}"
    names = {
        "archive": "the archive",
        "feed": "the feed",
        "sitemap": "the sitemap",
        "404": "the page for errors",
        "search": "the page for searching",
    }
    return "", names.get(each.kind, "a file that blogq makes")


def _clash(plan: Plan, first: RenderJob | CopyJob, second: RenderJob | CopyJob, shown: str, line_of: LineOf) -> Finding:
    path_one, one = owner_of(plan, first, shown)
    path_two, two = owner_of(plan, second, shown)
    place, line = (path_two, _line(plan, second, line_of)) if path_two else (path_one, _line(plan, first, line_of))
    if _is_alias(plan, second):
        hint = "leave the alias out, or give the page another URL"
        return Finding("UR103", "error", Span(place, line), f"{two} stands where {one} is", hint)
    url = "/" + second.path.removesuffix("index.html")
    if first.path != second.path:
        message = f"{one} would be the file {first.path}, and {two} needs a folder of that name"
    else:
        message = f"{one} and {two} would both be published at {url}"
    hint = "give one of them another `slug` or `permalink`"
    if bool(path_one) != bool(path_two):
        hint = "give it another name, `slug` or `permalink`, or remove it where what blogq makes will do"
    return Finding("UR101", "error", Span(place, line), message, hint)


def _alike(plan: Plan, first: RenderJob | CopyJob, second: RenderJob | CopyJob, shown: str, line_of: LineOf) -> Finding:
    path_one, one = owner_of(plan, first, shown)
    path_two, two = owner_of(plan, second, shown)
    if path_one and path_one == path_two and isinstance(second, RenderJob) and _is_alias(plan, second):
        # Both lead to one page: where the file system takes them for one, that page is already there.
        url = f"/{first.path.removesuffix('index.html')}"
        message = f"the alias {second.url!a} gets no page: it differs from {url!a} only in case or accents' form"
        hint = "leave it out, or keep it for hosts that read `_redirects`, where it stands"
        return Finding("UR105", "note", Span(path_two, _line(plan, second, line_of)), message, hint)
    message = (
        f"{one} and {two} would be published as {ascii(first.path)[1:-1]} and {ascii(second.path)[1:-1]},"
        " which many file systems take for one"
    )
    return Finding(
        "UR105",
        "error",
        Span(path_two or path_one),
        message,
        "let them differ in more than case or accents' form",
    )


def _line(plan: Plan, each: RenderJob | CopyJob, line_of: LineOf) -> int:
    if isinstance(each, CopyJob) or each.kind not in ("post", "page", "redirect"):
        return 0
    if _is_alias(plan, each):
        return line_of(plan.site.entries[plan.redirects[each.subject].entry], "aliases")
    entry = plan.site.entries[plan.redirects[each.subject].entry if each.kind == "redirect" else each.subject]
    return line_of(entry, "permalink" if entry.permalink else "slug" if entry.slug else "title")
