"""What the window remembers on this PC: theme, sizes, last folders. Never worth a failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from jindu_desk.log import logger
from jindu_desk.settings.preferences import Preferences, read_preferences, write_preferences


class WindowMemory:
    """The preferences as they are now; `keep` writes them when they differ, through ``write_through``: the disk may
    be slow, so the window hands the writing to its worker."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.preferences = read_preferences(path)
        self.write_through: Callable[[Callable[[], None]], object] = lambda write: write()

    def keep_theme(self, choice: str, large_text: bool) -> None:
        self.keep(replace(self.preferences, theme=choice, large_text=large_text))

    def keep(self, preferences: Preferences) -> None:
        if preferences == self.preferences:
            return
        self.preferences = preferences
        self.write_through(self._write)

    def _write(self) -> None:
        try:
            if self._path.parent.is_dir():
                write_preferences(self._path, self.preferences)
        except OSError:
            logger.warning("preferences were not written", exc_info=True)
