"""What templates, and the shortcodes of posts, can get wrong."""

from __future__ import annotations

import jinja2

from blogq.plan.calls import Call


class TemplateMistake(jinja2.TemplateRuntimeError):
    """A template asks for something that can't be had."""


class AssetMissing(TemplateMistake):
    """A template asks for a static file that isn't there."""


class TextMistake(TemplateMistake):
    """A template asks for a text of the theme that there isn't, or doesn't say what is to stand in it."""


class Refused(TemplateMistake):
    """The template of a shortcode can't do with the arguments that it is given."""


class CallFailed(Exception):
    """The template of a shortcode failed; the cause says why."""

    def __init__(self, call: Call, path: str) -> None:
        super().__init__(call.name)
        self.call = call
        self.path = path
        """The source whose text holds the call."""
