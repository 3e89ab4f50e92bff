"""Small sites with themes of their own, built for real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from blogq.build import Request, Result, build

NOW = 1_767_268_800
"""1 January 2026, 12:00 UTC."""
POST = "---\ntitle: First\ndate: 2025-12-01\ntags: [one]\n---\nSome text.\n"


@dataclass
class Themed:
    """A site on disk that is built again and again."""

    root: Path
    result: Result | None = None

    def write(self, files: Mapping[str, str]) -> Themed:
        """Write files of the site; an empty text removes one."""
        for name, text in files.items():
            path = self.root / name
            if not text:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self

    def build(self, files: Mapping[str, str] | None = None) -> Result:
        """Build, after writing `files`."""
        self.write(files or {})
        self.result = build(Request(self.root, NOW, self.root / "_site", {}, jobs=1))
        return self.result

    def told(self) -> list[str]:
        """What the last build found, a line each; notes about settings left out."""
        assert self.result is not None
        return [
            f"{f.span.path}:{f.span.line}:{f.span.column} {f.code} {f.message} | {f.hint}"
            for f in self.result.findings
            if f.code != "CF105"
        ]

    def text(self, path: str) -> str:
        """The text of one output."""
        return (self.root / "_site" / path).read_text(encoding="utf-8")

    def outputs(self) -> dict[str, bytes]:
        """Every output with its bytes."""
        output = self.root / "_site"
        return {p.relative_to(output).as_posix(): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}


def themed(root: Path, files: Mapping[str, str], config: str = "theme: child\n") -> Themed:
    """A site with one post and `files`."""
    usual = {"blogq.yaml": f"title: Notes\nbase_url: https://notes.example/\n{config}", "content/posts/first.md": POST}
    return Themed(root).write({**usual, **files})
