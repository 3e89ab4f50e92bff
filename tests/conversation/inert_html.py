"""What a comment's HTML may be made of, judged by an HTML parser."""

from __future__ import annotations

import re
import warnings
from typing import Any

import html5lib

from blogq.conversation.markup import TAGS


def elements(html: str) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(html5lib.parse(f"<!doctype html><body>{html}", namespaceHTMLElements=False).find("body").iter())[1:]


def assert_inert(html: str) -> None:
    for each in elements(html):
        assert isinstance(each.tag, str), "a comment"
        assert each.tag in TAGS
        assert set(each.attrib) <= {"href", "rel"}
        if each.tag == "a" and "href" in each.attrib:
            assert re.match(r"https?://", each.attrib["href"])
            assert "ugc" in each.attrib["rel"]
