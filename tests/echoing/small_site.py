"""Small sites whose posts are compared."""

from __future__ import annotations

from pathlib import Path

from blogq.finding import Finding
from blogq.gate import Ask, run_gate
from blogq.lint.verdict import Verdict

NOW = 1_790_000_000
"""2026-09-21."""
CONFIG = "title: S\nbase_url: https://example.org/blog/\n"


def write(site: Path, files: dict[str, str | bytes | None]) -> Path:
    """Write files below a site; None removes one. The config stays as it is where none is given."""
    config: dict[str, str | bytes | None] = {} if (site / "blogq.yaml").exists() else {"blogq.yaml": CONFIG}
    for name, data in {**config, **files}.items():
        path = site / name
        if data is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return site


def post(body: str, date: str = "2026-01-02", title: str = "", **front: str) -> str:
    """Return a source; its body begins in the line after its front matter."""
    said = {"title": title or f"Of {date}", "date": date, **front}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in said.items()) + f"---\n{body}\n"


def judge(site: Path, *rules: str, only: frozenset[str] | None = None) -> Verdict:
    """Return the verdict by the rules of originality that need other texts, or by those named."""
    return run_gate(Ask(site, NOW, rules or ("OR001", "OR002", "OR003", "OR006"), only=only, jobs=1))


def found(site: Path, *rules: str) -> list[Finding]:
    """Return the findings."""
    return list(judge(site, *rules).findings)


def told(site: Path, *rules: str) -> list[str]:
    """Return path, line, code and severity of each finding."""
    return [f"{f.span.path.removeprefix('content/')}:{f.span.line} {f.code} {f.severity}" for f in found(site, *rules)]
