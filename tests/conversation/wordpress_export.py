"""A WordPress export with a conversation in it, as WordPress writes one."""

from __future__ import annotations

EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title>
<wp:author><wp:author_id>7</wp:author_id><wp:author_email>nuria@example.org</wp:author_email></wp:author>
<item><title>One</title><link>https://old.example/posts/one/</link><wp:post_name>one</wp:post_name>
<content:encoded><![CDATA[Text]]></content:encoded>
%s
</item></channel></rss>
"""


def entry(id: int, text: str = "Why?", **more: object) -> str:
    """Return a comment as an export has it."""
    told = {
        "comment_id": id,
        "comment_author": "<![CDATA[Ann]]>",
        "comment_author_email": "ann@example.com",
        "comment_author_url": "https://ann.example/",
        "comment_date_gmt": "2026-01-02 10:00:00",
        "comment_content": f"<![CDATA[{text}]]>",
        "comment_approved": 1,
        "comment_type": "comment",
        "comment_parent": 0,
        "comment_user_id": 0,
        **more,
    }
    return "<wp:comment>" + "".join(f"<wp:{key}>{value}</wp:{key}>" for key, value in told.items()) + "</wp:comment>\n"
