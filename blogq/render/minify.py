"""Minified pages, when config asks for them: by minify-html, an extra of its own (`pip install 'blogq[minify]'`)."""

from __future__ import annotations


def minified(html: str) -> str:
    """Return a page without what browsers don't need. It stays valid HTML; `<pre>` and `<textarea>` stay as they are.

    Closing tags, `<html>` and `<head>` are kept, as are JSON-LD and inline styles to the letter.
    """
    import minify_html

    text: str = minify_html.minify(
        html,
        allow_noncompliant_unquoted_attribute_values=False,
        allow_optimal_entities=False,
        allow_removing_spaces_between_attributes=False,
        keep_closing_tags=True,
        keep_html_and_head_opening_tags=True,
        keep_input_type_text_attr=True,
        minify_css=False,
        minify_doctype=False,
        minify_js=False,
    )
    return text
