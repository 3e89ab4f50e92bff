"""Jekyll's Liquid in a text: what means the same in blogq is translated, the rest stays as it was written, and is told.

Nothing is evaluated: the tags are patterns, and their values come from front matter and config.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from blogq.importing.preparation import Say, film, tag_of

_CODE = re.compile(r"(?ms)^[ ]{0,3}(`{3,}|~{3,}).*?^[ ]{0,3}\1[`~]*[ \t]*$|(?<!`)`[^`\n]+`(?!`)")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+([\w+#.-]+)[^%]*%\}\n?(.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}", re.S)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}\n?", re.S)
_TAG = re.compile(r"\{%-?\s*([\w-]+)\s*((?:[^%]|%(?!\}))*?)-?%\}")
_OUTPUT = re.compile(r"\{\{-?\s*([^{}<%]*?)\s*-?\}\}")
_ADDRESS = re.compile(
    r"""["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:baseurl|url)(?:\s*\|\s*prepend:\s*site\.url)?)\Z"""
)
_BLOCK_ATTRIBUTES = re.compile(r"\{:\s*([^{}\n]*)\}")
_ARGUMENT = re.compile(r"""([\w-]+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|(\S+))|"([^"]*)"|'([^']*)'|(\S+)""", re.S)
_PICTURES = frozenset("image img figure picture photo image_with_class".split())
_FIT = re.compile(r"(?:[#.][\w-]+|[\w-]+=(?:\"[^\"]*\"|[\w-]+))(?:\s+(?:[#.][\w-]+|[\w-]+=(?:\"[^\"]*\"|[\w-]+)))*\Z")


def translated(text: str, posts: Mapping[str, str], names: Mapping[str, str], say: Say) -> str:
    """Return `text` without the Liquid that blogq has other words for.

    `posts` has the address of each text by what `post_url` and `link` call it, `names` what `{{ site.title }}` and
    such are.
    """
    held: list[str] = []

    def hold(shown: str) -> str:
        held.append(shown)
        return f"\x02{len(held) - 1}\x03"

    text = text.replace("\x02", " ").replace("\x03", " ")
    text = _HIGHLIGHT.sub(lambda found: hold(f"```{found[1]}\n{_unraw(found[2])}\n```"), text)
    text = _RAW.sub(lambda found: hold(found[1]), text)
    text = _CODE.sub(lambda found: hold(found[0]), text)
    text = _COMMENT.sub("", text)
    text = _TAG.sub(lambda found: _tag(found[1], found[2].strip(), found[0], posts, say), text)
    text = _OUTPUT.sub(lambda found: _value(found[1], found[0], names, say), text)
    text = _BLOCK_ATTRIBUTES.sub(lambda found: _attributes(found[1].strip(), found[0], say), text)
    while re.search("\x02\\d+\x03", text):
        text = re.sub("\x02(\\d+)\x03", lambda found: held[int(found[1])], text)
    return text


def _unraw(code: str) -> str:
    return _RAW.sub(lambda found: found[1], code)


def _arguments(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in _ARGUMENT.finditer(text):
        value = next((group for group in each.groups()[1:] if group is not None), "")
        found[each[1].lower() if each[1] else str(len([key for key in found if key.isdigit()]))] = value
    return found


def _tag(name: str, rest: str, whole: str, posts: Mapping[str, str], say: Say) -> str:
    told = _arguments(rest)
    if name == "include" and (file := told.pop("0", "")):
        name = file.rpartition("/")[2].partition(".")[0].lower()
    first = told.get("0", "")
    if name in ("post_url", "link") and first:
        found = posts.get(first) or posts.get(first.rpartition("/")[2])
        if found:
            return found
    if name in ("youtube", "vimeo", "instagram") and (value := told.get("id") or told.get("url") or first):
        made = film(value) if "/" in value else tag_of(name, value)
        if made:
            return made
    if name in ("tweet", "twitter") and (made := film(told.get("url") or first)):
        return made
    if name == "gist" and "/" in first:
        user, _, number = first.partition("/")
        return tag_of("gist", user, number)
    if name in _PICTURES:
        source = next(
            (told[key] for key in ("src", "path", "url", "file", "image_path", "image", "0") if told.get(key)), ""
        )
        if source and "{{" not in source:
            caption = told.get("caption", "")
            if not re.match(r"/|\.|https?:", source):
                source = f"/{source}"
            # Tags with values alone name the picture first and say last what it shows.
            plain = [value for key, value in told.items() if key.isdigit()]
            told.setdefault("alt", plain[-1] if len(plain) > 1 else "")
            return tag_of("figure", src=source, alt=told.get("alt", ""), caption=caption, title=told.get("title", ""))
    if name in ("more", "excerpt"):
        return "<!-- more -->"
    say("shortcode", f"{{% {name} %}} means nothing to blogq; it stays in the text as it was written")
    return whole


def _value(inner: str, whole: str, names: Mapping[str, str], say: Say) -> str:
    if inner in ("site.baseurl", "site.url", "site.url | append: site.baseurl", "site.github.url"):
        return ""
    if address := _ADDRESS.match(inner):
        return address[1] if address[1].startswith("/") else f"/{address[1]}"
    if inner in names:
        return names[inner]
    say("shortcode", f"{{{{ {inner[:60]} }}}} is filled in by Jekyll; it stays in the text as it was written")
    return whole


def _attributes(inner: str, whole: str, say: Say) -> str:
    if _FIT.match(inner):
        return f"{{{inner}}}"
    say("shortcode", f"{whole[:60]} of kramdown means nothing to blogq; it is left out")
    return ""
