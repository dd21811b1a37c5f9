"""The pages of the window: built when first shown or made ready before, told of months and changes, remembered as stale
when hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.ui.frame.screen import Screen, ScreenSpec, Shell
from jindu_desk.ui.frame.scrolling import scrolling


class PageStack(QStackedWidget):
    """Pages by key. Nothing is imported or queried for a page that nobody looks at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, ScreenSpec] = {}
        self._pages: dict[str, QWidget] = {}
        self._begun: dict[str, tuple[QWidget, Iterator[None]]] = {}  # built in steps, and not yet finished
        self._frames: dict[str, QScrollArea] = {}
        self._months: dict[str, Month] = {}
        self._stale: set[str] = set()
        self.current_key = ""

    def take_screens(self, screens: Sequence[ScreenSpec]) -> None:
        """Forget all pages and hold these screens instead."""
        for frame in self._frames.values():
            self.removeWidget(frame)
            frame.deleteLater()
        self._pages, self._begun, self._frames, self._months = {}, {}, {}, {}
        self._stale, self.current_key = set(), ""
        self._specs = {spec.key: spec for spec in screens}

    def __contains__(self, key: str) -> bool:
        return key in self._specs

    def page(self, key: str) -> QWidget | None:
        """The page, if it was built already."""
        return self._pages.get(key)

    def title(self, key: str) -> str:
        return self._specs[key].title if key in self._specs else ""

    def show_page(self, key: str, shell: Shell, where: dict[str, object]) -> None:
        """Bring a page up, built, on the shell's month and fresh."""
        self.build_page(key, shell)
        self.frame_page(key)
        self.current_key = key
        self.setCurrentWidget(self._frames[key])
        self.bring_up_to_date(shell.month)
        open_at = getattr(self._pages[key], "open_at", None)
        if where and open_at is not None:
            open_at(**where)

    def build_page(self, key: str, shell: Shell) -> None:
        """Build a page, or the rest of it, unless it stands already."""
        if key in self._pages:
            return
        if key in self._begun:
            page, steps = self._begun.pop(key)
            for _ in steps:
                pass
        else:
            page = self._specs[key].load()(shell)
        if not isinstance(page, Screen):
            raise TypeError(f"the page of {key!r} lacks a member of Screen")
        self._pages[key] = page

    def build_in_steps(self, key: str, shell: Shell) -> Iterator[None]:
        """`build_page`, with the steps of a page that has them (``in_steps``). Whoever asks for the page meanwhile gets
        it at once."""
        made = self._specs[key].load()
        if key not in self._pages and (in_steps := getattr(made, "in_steps", None)) is not None:
            self._begun[key] = begun = in_steps(shell)
            yield from begun[1]
            if self._begun.get(key) is not begun:
                return  # somebody was faster, or the pages are others now
        self.build_page(key, shell)

    def frame_page(self, key: str) -> None:
        """Give a page that was built its place among the others."""
        if key in self._pages and key not in self._frames:
            self._frames[key] = scrolling(self._pages[key], self)  # with its parent at once: else all is dressed twice
            self.addWidget(self._frames[key])

    def bring_up_to_date(self, month: Month) -> None:
        """Show ``month`` on the page in view, or only refresh it if it is stale."""
        self.make_ready(self.current_key, month)

    def make_ready(self, key: str, month: Month) -> None:
        """`bring_up_to_date` for a page that was built, in view or not."""
        if key not in self._pages:
            return
        screen = cast(Screen, self._pages[key])
        if self._months.get(key) != month:
            self._months[key] = month
            self._stale.discard(key)
            screen.show_month(month)
        elif key in self._stale:
            self._stale.discard(key)
            screen.refresh()

    def mark_stale(self, subjects: Iterable[str]) -> None:
        """Remember which pages show one of ``subjects``; `bring_up_to_date` then refreshes the one in view."""
        changed = frozenset(subjects)
        for key, page in self._pages.items():
            if cast(Screen, page).subjects & changed:
                self._stale.add(key)

    def may_leave(self) -> bool:
        """Whether the page in view lets go; a page without the question does."""
        asked = getattr(self._pages.get(self.current_key), "may_leave", None)
        return True if asked is None else bool(asked())
