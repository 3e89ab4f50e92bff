"""What the templates of shortcodes see, typed; docs/views.md is generated from the docstrings here as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from blogq.plan.view_parts import ImageView


@dataclass(frozen=True, slots=True)
class CallPage:
    """The post or page whose text uses a shortcode: what the shortcode's template gets as `page`, also in lists."""

    url: str
    """Absolute in feeds."""
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class CallView:
    """One use of a shortcode in a text: what the template `shortcodes/NAME.html` gets as `call`."""

    name: str
    args: tuple[str | int | float | bool, ...]
    """Arguments without a name, in order."""
    params: Mapping[str, str | int | float | bool]
    """Arguments with a name."""
    inner: Markup
    """HTML: what stands between the opening and the closing tag; empty without a closing tag.

    A template that uses it makes a closing tag compulsory, unless it asks for `paired` as well."""
    paired: bool
    """Whether there is a closing tag."""
    block: bool
    """Whether it stands by itself, so that block elements may come of it; else it is within a paragraph."""
    feed: bool
    """Whether the text goes to a feed: no scripts there, and links instead of what readers of feeds can't show."""
    addresses: Mapping[str, str]
    """Where arguments lead, by name or position as a text; `url` reads it."""
    images: Mapping[str, ImageView]
    """The image files of the site that arguments name, in the same way; `image` reads it."""

    def get(self, *keys: str | int, default: Any = "") -> Any:
        """The first argument there is of `keys`, names or positions from 0: `call.get("id", 0)`."""
        for key in keys:
            if isinstance(key, int):
                if 0 <= key < len(self.args):
                    return self.args[key]
            elif key in self.params:
                return self.params[key]
        return default

    def url(self, *keys: str | int) -> str:
        """The same as an address: a path beside the post becomes a URL, `javascript:` and its like nothing."""
        return next((self.addresses[str(key)] for key in keys if str(key) in self.addresses), "")

    def image(self, *keys: str | int) -> ImageView | None:
        """The same as an image in all its sizes: `picture(call.image("src", 0), alt="…")`. In feeds it has one size."""
        for key in map(str, keys):
            if key in self.images:
                return self.images[key]
            if key in self.addresses:
                return ImageView(self.addresses[key], 0, 0, "", (), "")
        return None
