"""What templates see of a conversation, typed; docs/views.md is generated from the docstrings here as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from blogq.plan.view_parts import DateView


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment with its answers."""

    id: str
    """For `id="…"`: `comment-12`."""
    author: str
    """Name as given; may be empty."""
    website: str
    """Address of the author's website, or empty. It is a stranger's: link it with `rel="nofollow ugc"`."""
    is_owner: bool
    """Whether one of the blog's authors wrote it."""
    kind: str
    """`comment`, `pingback`, `webmention` (an answer on another site), `mention` (a link there) or `mastodon`."""
    date: DateView | None
    content: Markup
    """HTML, sanitised."""
    address: str
    """Where it was written, if that is elsewhere; else empty."""
    host: str
    """The host of that."""
    answer: str
    """What the form calls it for an answer to it; empty where none can be written."""
    answers: tuple[CommentView, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The form that takes a new comment."""

    server: str
    """`isso` or `staticman`."""
    action: str
    """Where it is sent to."""
    thread: str
    """What the server calls the page's conversation."""
    redirect: str
    """Where readers are sent afterwards, by servers that do that."""


@dataclass(frozen=True, slots=True)
class EmbedView:
    """Comments of another host, to be loaded on a click."""

    host: str
    link: str
    """Where the conversation can be read without loading anything into the page."""
    frame: str
    """What to load."""


@dataclass(frozen=True, slots=True)
class CommentsView:
    """The conversation on a post."""

    count: int
    """Comments and answers together."""
    likes: int
    """Likes on other sites, as webmentions tell of them."""
    reposts: int
    """Reposts there."""
    threads: tuple[CommentView, ...]
    """The oldest first."""
    form: FormView | None
    embed: EmbedView | None
    webmention: str = ""
    """Address that takes webmentions, for `<link rel="webmention">`; empty where there is none, and on closed pages."""
