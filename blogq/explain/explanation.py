"""The answer to `blogq why`: of a source, of another file of the site, or of an address or output."""

from __future__ import annotations

from os.path import isfile
from pathlib import Path

from blogq.content.name import Folders, read_name
from blogq.content.post import BROKEN, DRAFT, HELD, MISSING, UNLISTED, Entry, language_folders
from blogq.explain.answer import Answer, Reason, Status, Template, Version
from blogq.explain.moments import distance, in_words, offset_of
from blogq.explain.state import State
from blogq.explain.subject import Subject, near, subject_of
from blogq.explain.surfaces import linked_from, shown_on
from blogq.finding import from_json
from blogq.library.permalinks import folded, output_path, quoted
from blogq.library.site import aliases_of, moment
from blogq.library.status import goes_live, is_chosen, status_of
from blogq.plan.claims import owner_of
from blogq.plan.jobs import CopyJob, RenderJob, split_base
from blogq.render.files import LOCALES, SHORTCODES, STATIC, TEMPLATES, locale_name
from blogq.sources import passed_over

CONFIGS = ("blogq.yaml", "blogq.yml", "theme.yaml")
WORDS = {
    "list": "list", "taxonomy": "list of terms", "archive": "page of the archive", "redirect": "old address",
    "feed": "feed", "sitemap": "sitemap", "robots": "robots.txt", "redirects": "list of redirects",
    "404": "page for addresses that aren't there", "post": "post", "page": "page",
    "search": "page for searching", "icon": "icon", "manifest": "web manifest", "share": "share image",
}  # fmt: skip
"""Kinds of jobs in words."""


def explain(state: State, name: str, here: Path) -> Answer:
    """Return what there is to say about `name`, as somebody in the folder `here` says it."""
    subject = subject_of(state, name, here)
    if subject.kind == "elsewhere":
        reason = Reason(
            f"it is no address of this site, which is at {state.config.base_url}", "set `base_url` if it is"
        )
        return Answer(name, "unknown", "address", reasons=(reason,))
    if subject.kind == "output":
        return _of_output(state, name, subject)
    return _of_file(state, name, subject)


# Sources.


def of_entry(state: State, name: str, entry: Entry) -> Answer:
    """Return what there is to say about a source."""
    source = state.sources.shown + entry.path
    if entry.flags & BROKEN:
        findings = from_json(entry.findings) if entry.findings else []
        errors = tuple(each for each in findings if each.severity == "error")
        reason = Reason("it has errors, and nothing is published of a source with errors", "mend what stands below")
        return Answer(name, "broken", "source", source, reasons=(reason,), findings=errors)
    every = state.every
    at = next((i for i, each in enumerate(every.entries) if each.path == entry.path), -1)
    index = next((i for i, each in enumerate(state.site.entries) if each.path == entry.path), -1)
    site, place = (state.site, index) if index >= 0 else (every, at)
    url = site.urls[place] if place >= 0 else ""
    language = entry.language or (site.languages[place] if place >= 0 else state.config.language)
    own = {source, *_rivals(state, entry)}
    answer = Answer(
        name,
        "published",
        entry.kind,
        source,
        absolute(state, url) if url else "",
        output_path(url) if url else "",
        entry.title,
        moment(entry.date, entry.offset).isoformat() if entry.date != MISSING else "",
        language,
        bool(entry.flags & UNLISTED),
        findings=tuple(f for f in state.findings if f.span.path in own and f.severity == "error"),
        aliases=tuple(aliases_of(entry)),
    )
    reasons, status = _held_back(state, entry)
    if status != "published":
        return answer._replace(status=status, reasons=tuple(reasons))
    if index < 0:
        reason = Reason("no address can be made of its name", "give it a `slug`")
        return answer._replace(status="colliding", reasons=(reason,))
    if rivals := _rivals(state, entry):
        told = " and ".join([source, *rivals])
        reason = Reason(
            f"{told} want the same address, {quoted(url)}", "give one of them another `slug` or `permalink`"
        )
        return answer._replace(status="colliding", reasons=(reason,))
    versions = tuple(
        Version(state.site.languages[i], relative(state, state.site.urls[i]), state.sources.shown + versioned.path)
        for i in state.site.translations.get(index, ())
        if i != index
        for versioned in (state.site.entries[i],)
    )
    job = state.jobs.get(answer.output)
    return answer._replace(
        translations=versions,
        templates=templates_of(state, job) if job else (),
        shown_on=shown_on(state, index),
        linked_from=linked_from(state, index),
    )


def _held_back(state: State, entry: Entry) -> tuple[list[Reason], Status]:
    """Return what keeps a source from being published, and the first of it as a status."""
    choice, zone = state.choice, state.config.timezone
    source = state.sources.shown + entry.path
    reasons: list[Reason] = []
    statuses: list[Status] = []
    if is_chosen(entry, choice):
        return [], "published"
    if entry.flags & DRAFT and not choice.drafts:
        line = state.line_of(entry, "draft")
        where = f"line {line} of it says so" if line else "it lies in a folder for drafts"
        what = f"take line {line} out" if line else f"move it out of {source.rpartition('/')[0]}/"
        reasons.append(Reason(f"it is a draft: {where}", f"{what} to publish it, or look at it with --drafts"))
        statuses.append("draft")
    if entry.expiry != MISSING and entry.expiry <= choice.now:
        gone = distance(entry.expiry - choice.now)
        said = in_words(entry.expiry, _offset(entry, entry.expiry, zone), zone)
        line = state.line_of(entry, "expiry")
        message = f"it expired {gone}, at {said}" + (f": line {line} of it" if line else "")
        reasons.append(Reason(message, "take its expiry date out, or move it on"))
        statuses.append("expired")
    live = goes_live(entry)
    if live != MISSING and live > choice.now and not choice.future:
        key = "publish" if entry.publish != MISSING else "date"
        line = state.line_of(entry, key)
        what = "publish date" if key == "publish" else "date"
        said = in_words(live, _offset(entry, live, zone), zone)
        message = f"its {what} is in the future: {said}, {distance(live - choice.now)}" + (
            f"; line {line} of it" if line else ""
        )
        hint = "a build from then on publishes it; look at it before with --future"
        reasons.append(Reason(message, hint))
        statuses.append("scheduled")
    if entry.flags & HELD:
        told = next(found for found in state.findings if found.code == "CK101" and found.span.path == source)
        reasons.append(Reason(f"{told.message} (config says `publish: gate`)", told.hint))
        statuses.append("held back")
    return reasons, statuses[0] if statuses else _status(entry, choice.now)


def _offset(entry: Entry, seconds: int, zone: str) -> int:
    """Return in which offset to tell a moment of an entry: its own, where it has one that the site's zone hasn't."""
    if entry.date == MISSING or offset_of(entry.date, zone) == entry.offset:
        return offset_of(seconds, zone)
    return entry.offset


def _status(entry: Entry, now: int) -> Status:
    status = status_of(entry, now)
    if status == "held":
        return "held back"
    return "published" if status == "live" else status


def _rivals(state: State, entry: Entry) -> list[str]:
    """Return what wants the same output as a live source: in words, and sources by their paths."""
    mine = next((j for j in state.plan.jobs if _entry_of(state, j) == entry.path and j.kind != "redirect"), None)
    if mine is None:
        return []
    every: list[RenderJob | CopyJob] = [*state.plan.jobs, *state.copies]
    shown = state.sources.shown
    wanted = folded(mine.path)
    return [owner_of(state.plan, each, shown)[1] for each in every if each is not mine and folded(each.path) == wanted]


def _entry_of(state: State, job: RenderJob) -> str:
    """Return the path of the source that a job's page is the page of, or nothing."""
    plan = state.plan
    if job.kind in ("post", "page"):
        return plan.site.entries[job.subject].path
    if job.kind == "404":
        own = plan.site.not_found.get(plan.site.editions[job.edition].language, -1)
        return plan.site.entries[own].path if own >= 0 else ""
    if job.kind == "list" and job.number == 1 and plan.lists[job.subject].kind != "term":
        spec = plan.lists[job.subject]
        section = plan.site.editions[spec.edition].sections.get(spec.section)
        if section is not None and section.entry >= 0:
            return plan.site.entries[section.entry].path
    return ""


# Other files.


def _of_file(state: State, name: str, subject: Subject) -> Answer:
    path, shown = subject.path, state.sources.shown
    inner = path.removeprefix(shown) if path.startswith(shown) else None
    entry = next((each for each in state.entries if each.path == inner), None)
    if entry is not None:
        return of_entry(state, name, entry)
    if not subject.exists:
        return Answer(name, "unknown", "file", reasons=(Reason("there is no such file"),), near=near(state, subject))
    findings = tuple(each for each in state.findings if each.span.path == path)
    copy = next((each for each in state.copied.values() if each.shown == path), None)
    if copy is not None:
        return _of_copy(state, name, copy)
    if path in CONFIGS or path.startswith("archetypes/"):
        what = "the config" if path in CONFIGS else "what new posts start from"
        return Answer(name, "part", "file", path, reasons=(Reason(f"it is {what}, and not published itself"),))
    layer = _layer_of(state, path)
    if layer is not None:
        return _of_layer(state, name, path, *layer)
    if findings:
        return Answer(name, "passed over", "file", path, findings=findings, reasons=(Reason("it can't be read"),))
    if inner is None:
        hint = f"sources belong below {shown or 'the site'}, files that are published as they are below static/"
        return Answer(name, "passed over", "file", path, reasons=(Reason(f"it lies outside {shown}", hint),))
    beside = state.output.relative_to(state.content).as_posix() if state.output.is_relative_to(state.content) else ""
    why = passed_over(inner, not shown, beside, state.config.ignore)
    if why:
        hint = "change `ignore` in blogq.yaml to publish it" if "`ignore`" in why else ""
        return Answer(name, "passed over", "file", path, reasons=(Reason(f"builds pass over it: {why}", hint),))
    folders = language_folders(state.config)
    bundles = ((each, _bundle(each, folders)) for each in state.entries)
    head = next((each for each, bundle in bundles if bundle and f"{inner}/".startswith(f"{bundle}/")), None)
    if head is not None:
        source = shown + head.path
        reasons, _ = _held_back(state, head)
        why = reasons[0].message if reasons else "it has errors, or no address"
        reason = Reason(f"it belongs to {source}, which isn't published: {why}", f"ask: blogq why {source}")
        return Answer(name, "held back", "file", path, reasons=(reason,))
    return Answer(name, "unknown", "file", path, reasons=(Reason("no build reads it"),))


def _bundle(entry: Entry, folders: Folders) -> str:
    name = read_name(entry.path, folders)
    return "" if name.section else name.bundle


def _of_copy(state: State, name: str, copy: CopyJob) -> Answer:
    url = absolute(state, f"/{copy.path}")
    answer = Answer(name, "published", "file", copy.shown, url, copy.path)
    if copy in state.assets:
        return answer._replace(reasons=(Reason("templates ask for it by `asset`, under a name with a fingerprint"),))
    return answer


def _layer_of(state: State, path: str) -> tuple[str, str] | None:
    """Return the name of a file in the theme's layer that it belongs to, and that under which it is looked up.

    None for other files.
    """
    layers = enumerate(state.sources.layers)
    for number, layer in sorted(layers, key=lambda numbered: -len(numbered[1].prefix)):
        inner = path.removeprefix(layer.prefix) if path.startswith(layer.prefix) else ""
        if inner.startswith(LOCALES):
            return inner, locale_name(number, inner.removeprefix(LOCALES))
        if inner.startswith((TEMPLATES, SHORTCODES, STATIC)):
            return inner, inner
    return None


def _of_layer(state: State, name: str, path: str, inner: str, looked_up: str) -> Answer:
    """Return what there is to say about a template, a file of texts or a static file that isn't copied as it is."""
    found = state.found.get(looked_up)
    if found is None:
        texts = ", or it doesn't end with .yaml" if inner.startswith(LOCALES) else ""
        reason = Reason(f"builds pass over it: its name begins with a dot or ends with `~`{texts}")
        return Answer(name, "passed over", "file", path, reasons=(reason,))
    if found.shown != path:
        what = "template" if inner.startswith(TEMPLATES) else "file"
        reason = Reason(f"{found.shown} comes before it", "remove that one to see this one again")
        return Answer(name, "overridden", what, path, reasons=(reason,))
    manifest = state.manifest
    users = [at for at, names in enumerate(manifest.lookups) if looked_up in names]
    count = sum(used in users for used in manifest.looked_up) if users else 0
    told = (
        f"{count:,} outputs of the last build were made with it" if count else "no output of the last build needed it"
    )
    if count == 1:
        told = "1 output of the last build was made with it"
    what = "texts" if inner.startswith(LOCALES) else "template"
    return Answer(name, "part", what, path, reasons=(Reason(f"it shapes pages: {told}"),))


# Outputs and addresses.


def _of_output(state: State, name: str, subject: Subject) -> Answer:
    path = subject.path
    job = state.jobs.get(path)
    if job is not None:
        own = _entry_of(state, job)
        if own:
            return of_entry(state, name, next(each for each in state.entries if each.path == own))
        return _of_job(state, name, job)
    copy = state.copied.get(path)
    if copy is not None:
        return _of_copy(state, name, copy)
    urls = {output_path(url): entry for entry, url in zip(state.every.entries, state.every.urls, strict=True)}
    later = urls.get(path)
    if later is not None:
        return of_entry(state, name, next(each for each in state.entries if each.path == later.path))
    for entry in state.every.entries:
        for alias in aliases_of(entry) if entry.aliases else ():
            if output_path(alias) == path:
                source = state.sources.shown + entry.path
                reason = Reason(f"it is an old address of {source}, which isn't published", f"ask: blogq why {source}")
                return Answer(name, "held back", "old address", source, absolute(state, alias), path, reasons=(reason,))
    if path in state.manifest.places:
        reason = Reason("the last build made it, and the next one will remove it: nothing on the site makes it now")
        return Answer(name, "unknown", "output", output=path, reasons=(reason,), near=near(state, subject))
    if isfile(state.output / path):
        reason = Reason("it stands in the output folder, but no build has made it", "files of the site go to static/")
        return Answer(name, "unknown", "output", output=path, reasons=(reason,))
    broken = [state.sources.shown + each.path for each in state.entries if each.flags & BROKEN]
    reasons = [Reason("nothing is published there", "`blogq list` shows every source with its address")]
    if broken:
        told = ", ".join(broken[:3]) + (f" and {len(broken) - 3} more" if len(broken) > 3 else "")
        reasons.append(Reason(f"sources with errors have no address yet: {told}", "mend them and ask again"))
    return Answer(name, "unknown", "address", output=path, reasons=tuple(reasons), near=near(state, subject))


def _of_job(state: State, name: str, job: RenderJob) -> Answer:
    """Return what there is to say about a page that blogq makes of others."""
    plan = state.plan
    what, title = WORDS.get(job.kind, job.kind), ""
    source = ""
    reasons: list[Reason] = []
    if job.kind == "redirect":
        spec = plan.redirects[job.subject]
        entry = plan.site.entries[spec.entry]
        source = state.sources.shown + entry.path
        line = state.line_of(entry, "aliases")
        target = relative(state, plan.site.urls[spec.entry])
        reasons.append(Reason(f"it leads to {target}: {source}{f':{line}' if line else ''} names it in `aliases`"))
    elif job.kind == "list":
        listed = plan.lists[job.subject]
        title = listed.title
        posts = f"{len(listed.posts):,} post{'' if len(listed.posts) == 1 else 's'}"
        page = f", page {job.number} of {listed.pages}" if listed.pages > 1 else ""
        of = {"home": "the home page", "section": f"the list of the folder {listed.section}"}
        list_of = of.get(listed.kind, f"the list of {listed.title!r} in {listed.taxonomy}")
        reasons.append(Reason(f"blogq makes it: {list_of}, {posts}{page}"))
    else:
        reasons.append(Reason("blogq makes it of what is published"))
    url = absolute(state, job.url)
    return Answer(
        name, "published", what, source, url, job.path, title, reasons=tuple(reasons),
        language=plan.site.editions[job.edition].language, templates=templates_of(state, job),
    )  # fmt: skip


def templates_of(state: State, job: RenderJob) -> tuple[Template, ...]:
    """Return where the template of a job is looked for, in order, and where it is found; nothing for feeds and such."""
    from blogq.render.page import WRITTEN, template_names

    if job.kind in WRITTEN:
        return ()
    chain: list[Template] = []
    used = False
    for wanted in template_names(state.plan, job):
        for layer in state.sources.layers:
            if layer.is_plugged:
                continue
            path = f"{layer.prefix}{TEMPLATES}{wanted}"
            if wanted not in layer.templates.paths:
                if not used:
                    chain.append(Template(path, "not there"))
                continue
            chain.append(Template(path, "overridden" if used else "used"))
            used = True
    return tuple(chain)


def absolute(state: State, url: str) -> str:
    """Return a URL of the site in full."""
    origin, prefix = split_base(state.config.base_url)
    return origin + prefix + quoted(url)


def relative(state: State, url: str) -> str:
    """Return a URL as pages have it: under the site's subpath, percent-encoded."""
    return split_base(state.config.base_url)[1] + quoted(url)
