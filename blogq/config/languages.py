"""What config says of the languages of a site, after checks that need several options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from blogq.config.schema import Language, Taxonomy


def settled_languages(
    languages: Mapping[str, Language],
    taxonomies: Mapping[str, Taxonomy],
    content: Path,
    wrong: Callable[[str, str, str], None],
) -> dict[str, Language]:
    """Return `languages` by tag in lower case, with tidied folders and without taxonomies that aren't there.

    `content` is the content folder. `wrong` is told what is: the option, what is the matter with it, what to do.
    """
    settled: dict[str, Language] = {}
    owners: dict[str, str] = {}
    for tag, language in languages.items():
        option = f"languages.{tag}"
        folder = language.content.strip("/").removeprefix("./")
        if folder and owners.setdefault(folder, tag) != tag:
            message = f"is the folder of {owners[folder]} already"
            wrong(f"{option}.content", message, "Give each language a folder of its own.")
        elif folder and not (content / folder).is_dir():
            near = _near(folder, [each.name for each in content.iterdir() if each.is_dir()] if content.is_dir() else ())
            hint = f"Did you mean {near}?" if near else "Write a folder that lies in the content folder, such as es."
            wrong(f"{option}.content", f"is no folder of {content.name}/", hint)
        words = {}
        for name, each in language.taxonomies.items():
            if name in taxonomies:
                words[name] = replace(each, path=each.path.strip("/"))
                continue
            near = _near(name, taxonomies)
            hint = f"Did you mean {near}?" if near else "Known: " + ", ".join(taxonomies) + "."
            wrong(f"{option}.taxonomies.{name}", "is no taxonomy of the site", hint)
        settled[tag.lower()] = replace(language, content=folder, taxonomies=words)
    return settled


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), 1)
    return f"`{found[0]}`" if found else ""
