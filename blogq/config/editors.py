"""Names of the editors that `editor` in the config may say. How each is opened is `blogq/preview/editor.py`'s."""

from __future__ import annotations

EDITORS = (
    *("vscode", "vscode-insiders", "vscodium", "cursor", "windsurf", "zed"),
    *("idea", "pycharm", "webstorm", "phpstorm", "goland", "rubymine", "clion", "rider"),
    *("sublime", "textmate", "macvim", "vim", "gvim", "neovim", "emacs"),
    *("kate", "gedit", "geany", "notepad++"),
)
"""In the order in which they are documented."""
NO_EDITOR = "none"
"""For whoever wants no links to an editor."""
