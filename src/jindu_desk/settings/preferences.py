"""How the window looks on this PC: read before the first paint, so plain JSON and nothing else.

A missing or unreadable file means the defaults: preferences are never worth a failure.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

THEMES = ("system", "light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Preferences:
    """``theme``: system, light, dark or contrast. ``layout`` remembers widths, hidden columns and last folders
    under names that the screens choose."""

    theme: str = "system"
    large_text: bool = False
    month: str = ""
    layout: dict[str, str] = field(default_factory=dict)

    def with_layout(self, name: str, value: str) -> Preferences:
        return replace(self, layout={**self.layout, name: value})


def read_preferences(path: Path) -> Preferences:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(stored, dict):
        return Preferences()
    defaults = Preferences()
    known = {f.name: stored[f.name] for f in fields(Preferences) if f.name in stored}
    read = Preferences(**{k: v for k, v in known.items() if type(v) is type(getattr(defaults, k))})
    stored_layout: dict[str, object] = dict(read.layout)
    layout = {name: value for name, value in stored_layout.items() if isinstance(value, str)}
    return replace(read, layout=layout, theme=read.theme if read.theme in THEMES else defaults.theme)


def write_preferences(path: Path, preferences: Preferences) -> None:
    """Raises OSError."""
    from jindu_desk.files import write_whole  # hashing and temporary files: not before the first paint

    write_whole(path, json.dumps(asdict(preferences), ensure_ascii=False, indent=1).encode())
