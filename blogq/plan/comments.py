"""The views of a post's conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from blogq.plan.comment_view import CommentsView, CommentView, EmbedView, FormView
from blogq.plan.site_view import date_format, date_view

if TYPE_CHECKING:
    from blogq.config.conversation import Comments, Embed
    from blogq.conversation.comment import Comment
    from blogq.conversation.threads import Node
    from blogq.plan.cards import Cards

_SENT = "comment-sent"
"""Where readers land after a form was sent without a script."""


def comments_view(cards: Cards, index: int, url: str, extra: Mapping[str, Any]) -> CommentsView | None:
    """Return the conversation on the entry at `index`, which stands at `url`; None where there is nothing to show.

    `comments` among the `extra` keys of its front matter closes it (`false`), or opens it on a page (`true`).
    """
    config = cards.site.config.comments
    if config is None:
        return None
    comments = cards.plan.talk.get(index, ())
    said = extra.get("comments")
    is_open = said is True or (said is not False and cards.site.entries[index].kind == "post")
    form = embed = None
    if is_open and config.form != "none":
        form = _form(cards, config, url)
    if is_open and config.embed.type:
        embed = _embed(cards, config.embed, index, url)
    webmention = config.webmention if is_open else ""
    if not comments and form is None and embed is None and not webmention:
        return None
    kinds = Counter(each.kind for each in comments)
    count = len(comments) - kinds["like"] - kinds["repost"]
    threads = _threads(cards, config, index, comments)
    return CommentsView(count, kinds["like"], kinds["repost"], threads, form, embed, webmention)


def _threads(cards: Cards, asked: Comments, index: int, comments: Sequence[Comment]) -> tuple[CommentView, ...]:
    if not comments:
        return ()
    from zoneinfo import ZoneInfo

    from blogq.conversation.anchors import anchors_of
    from blogq.conversation.comment import WORDLESS
    from blogq.conversation.markup import html_of
    from blogq.conversation.threads import threads_of

    config = cards.site.config
    language = cards.language(index)
    format, zone = date_format(config, language), ZoneInfo(config.timezone)
    anchors = anchors_of(comments)
    answerable = _answerable(asked)

    def date(comment: Comment) -> Any:
        from datetime import UTC, datetime

        from blogq.content.post import MISSING

        if comment.created == MISSING:
            return None
        moment = datetime.fromtimestamp(comment.created, UTC).astimezone(zone).utcoffset()
        offset = int(moment.total_seconds() // 60) if moment is not None else 0
        return date_view(comment.created, offset, language, format)

    def view(node: Node) -> CommentView:
        comment = node.comment
        return CommentView(
            id=anchors[comment.source, comment.id],
            author=comment.author,
            website=comment.url,
            is_owner=comment.is_owner,
            kind=comment.kind,
            date=date(comment),
            content=Markup(html_of(comment)),
            address=comment.address,
            host=urlsplit(comment.address).hostname or "" if comment.address else "",
            answer=comment.id if comment.source in answerable and comment.kind == "comment" else "",
            # `threads_of` nests a few levels only.
            answers=tuple(map(view, node.answers)),
        )

    return tuple(map(view, threads_of([each for each in comments if each.kind not in WORDLESS])))


def _answerable(comments: Comments) -> set[str]:
    """Return the sources whose comments the form can answer."""
    from blogq.conversation.readers import ENDINGS

    wanted = {"isso": "isso", "staticman": "folder"}.get(comments.form, "-")
    return {
        each.path
        for each in comments.sources
        if (each.type or ENDINGS.get(each.path.rpartition(".")[2].lower(), "folder")) == wanted
    }


def _form(cards: Cards, comments: Comments, url: str) -> FormView:
    address = comments.url.rstrip("/")
    canonical = cards.absolute(url)
    if comments.form == "isso":
        thread = urlsplit(canonical).path
        return FormView("isso", f"{address}/new?{urlencode({'uri': thread})}", thread, "")
    return FormView("staticman", address, url.strip("/"), f"{canonical}#{_SENT}")


def _embed(cards: Cards, embed: Embed, index: int, url: str) -> EmbedView:
    """Return comments kept by GitHub, as giscus and utterances make frames of them."""
    canonical = cards.absolute(url)
    path = urlsplit(canonical).path.strip("/") or "index"
    title = cards.site.entries[index].title
    if embed.type == "giscus":
        asked = {"origin": canonical, "theme": "preferred_color_scheme", "reactionsEnabled": "1", "emitMetadata": "0"}
        asked |= {"inputPosition": "bottom", "repo": embed.repo, "repoId": embed.repo_id, "category": embed.category}
        asked |= {"categoryId": embed.category_id, "strict": "0", "term": path}
        frame = f"https://giscus.app/widget?{urlencode(asked, quote_via=quote)}"
        link = f"https://github.com/{embed.repo}/discussions?{urlencode({'discussions_q': path})}"
        return EmbedView("giscus.app", link, frame)
    asked = {"src": "https://utteranc.es/client.js", "repo": embed.repo, "issue-term": "pathname"}
    asked |= {"theme": "preferred-color-scheme", "url": canonical, "pathname": path, "title": title}
    frame = f"https://utteranc.es/utterances.html?{urlencode(asked, quote_via=quote)}"
    return EmbedView("utteranc.es", f"https://github.com/{embed.repo}/issues?{urlencode({'q': path})}", frame)
