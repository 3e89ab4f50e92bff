"""Options of the conversation: where comments are kept, how readers write one, which channels there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blogq.config.schema import Config


@dataclass(frozen=True, slots=True)
class CommentSource:
    """A place where comments are kept. A path alone stands for all of it."""

    path: str = ""
    """A folder of YAML or JSON files, a WordPress export, Isso's database, or saved webmentions or Mastodon threads.
    Relative to the site; it may lead outside, where nothing is changed."""
    type: str = ""
    """`folder`, `wordpress`, `isso`, `webmentions` or `mastodon`; by what is there where it is left out."""
    channel: str = ""
    """Name of the channel whose conversation this is, as under `channels`; the blog's own where it is left out."""


@dataclass(frozen=True, slots=True)
class Embed:
    """Comments kept by GitHub: giscus or utterances. Nothing is loaded from there before a reader clicks."""

    type: str = ""
    """`giscus` or `utterances`; none where it is left out."""
    repo: str = ""
    """The repository, as `owner/name`."""
    repo_id: str = ""
    """The repository's id, as giscus gives it."""
    category: str = ""
    """Category of the discussions; of giscus."""
    category_id: str = ""
    """Its id, as giscus gives it."""


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments: where they are kept, who may be recognised as their owner, and how readers write one."""

    sources: tuple[CommentSource, ...] = ()
    """Where comments are kept."""
    form: str = "none"
    """What takes new comments: `isso`, `staticman` or `none`. Isso takes them from scripts only; a form for Staticman
    works without."""
    url: str = ""
    """Address of the Isso server, or of Staticman's entry point for this site."""
    moderation: bool = False
    """Whether comments wait for approval where their file doesn't say that they are approved."""
    owners: tuple[str, ...] = ()
    """By what comments of the blog's own authors are known: e-mail addresses, addresses of websites or profiles, and
    names. E-mail addresses and profiles of `authors` count anyway. A name can be claimed by anybody."""
    capacity: int = 0
    """How many comments on the blog itself somebody can answer in a week; 0 where that isn't said."""
    embed: Embed = field(default_factory=Embed)
    """Comments kept by GitHub."""
    webmention: str = ""
    """Address that takes webmentions for the site, such as https://webmention.io/example.org/webmention; posts declare
    it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where readers can talk with the blog's authors. It is linked as the entries of `profiles` are."""

    name: str = ""
    """What the link says, and what sources of comments call it."""
    url: str = ""
    """Address of the profile."""
    rel: str = "me"
    """The link's `rel`: `me`, or `nofollow`."""
    capacity: int = 0
    """How many replies a week somebody can write there; 0 where that isn't said."""


def settled_comments(config: Config, wrong: Callable[[str, str, str], None]) -> Config:
    """Return `config` without those sources of comments and channels that can't be used.

    `wrong` is told what is: the option, what is the matter with it, what to do.
    """
    comments = config.comments or Comments()
    channels: list[Channel] = []
    for each in config.channels:
        if not each.url:
            wrong("channels", "has an entry without `url`", "Write `url: …` beside its name.")
        elif (each.name or each.url) in {other.name for other in channels}:
            wrong("channels", f"has two entries called {each.name or each.url!r}", "Give each a name of its own.")
        else:
            channels.append(replace(each, name=each.name or each.url))
    names = {each.name for each in channels}
    sources: list[CommentSource] = []
    for source in comments.sources:
        if not source.path:
            wrong("comments.sources", "has an entry without `path`", "Write where the comments are kept.")
        elif source.path in {other.path for other in sources}:
            wrong("comments.sources", f"names {source.path!r} twice", "Remove one of the two.")
        elif source.channel and source.channel not in names:
            known = f"Known: {', '.join(names)}." if names else "Declare it under `channels`."
            wrong("comments.sources", f"names a channel that there isn't: {source.channel!r}", known)
        else:
            sources.append(source)
    if comments.form != "none" and not comments.url:
        what = {"isso": "https://comments.example.org", "staticman": "https://staticman.example.org/v3/entry/…"}
        hint = f"Write `url: {what.get(comments.form, 'https://…')}` below `comments`."
        wrong("comments.form", "needs the address of the server", hint)
        comments = replace(comments, form="none")
    embed = comments.embed
    if embed.type and ("/" not in embed.repo or (embed.type == "giscus" and not embed.repo_id)):
        needed = "`repo` and `repo_id`" if embed.type == "giscus" else "`repo`"
        wrong("comments.embed.type", f"needs {needed}", "Write the repository as owner/name.")
        embed = Embed()
    if config.comments is not None:
        config = replace(config, comments=replace(comments, sources=tuple(sources), embed=embed))
    return replace(config, channels=tuple(channels))
