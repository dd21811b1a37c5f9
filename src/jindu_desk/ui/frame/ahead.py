"""Pages made ready while nobody waits for them: imported piece by piece, and built where most of the hours go.

Importing a page takes as long as building it, and PySide makes each of its types when it is first used; whoever comes
to a page for the first time need not wait for either.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView, QWidget

from jindu_desk.ui.breathing import leave_loaded_alone
from jindu_desk.ui.frame.pages import PageStack
from jindu_desk.ui.frame.screen import ScreenSpec, Shell
from jindu_desk.ui.tables import dress_table

_RESTING, _BETWEEN = 400, 15  # ms after the start, and between two steps


class Ahead(QObject):
    """Begins a moment after it is made; each step is shorter than a handler may be. It ends by itself, or with its
    parent."""

    def __init__(self, shell: Shell, pages: PageStack, screens: Sequence[ScreenSpec], parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._pages = shell, pages
        self._steps = self._all_steps(screens)
        self._next = QTimer(self, singleShot=True, interval=_RESTING)
        self._next.timeout.connect(self._go_on)
        self._next.start()

    @property
    def is_done(self) -> bool:
        return not self._next.isActive()

    def _go_on(self) -> None:
        """The next step, unless something else is being done."""
        if self._shell.tasks.busy or next(self._steps, self) is not self:
            self._next.start(_BETWEEN)

    def _all_steps(self, screens: Sequence[ScreenSpec]) -> Iterator[None]:
        leave_loaded_alone()
        for spec in screens:
            if spec.ahead:
                yield from _imported(spec.package)
                yield from _first_table()
                leave_loaded_alone()  # a collection in the middle takes longer than any step
                yield from self._built(spec.key)
        for spec in screens:
            yield from _imported(spec.package)
        leave_loaded_alone()

    def _built(self, key: str) -> Iterator[None]:
        yield from self._pages.build_in_steps(key, self._shell)
        yield
        self._pages.frame_page(key)
        yield
        self._pages.make_ready(key, self._shell.month)
        yield


def _imported(package: str) -> Iterator[None]:
    """All modules of a package; those that lie deeper first, since the others import them."""
    parts = sorted(pkgutil.iter_modules(import_module(package).__path__), key=lambda part: not part.ispkg)
    for part in parts:
        name = f"{package}.{part.name}"
        if part.ispkg:
            yield from _imported(name)
        elif name not in sys.modules:
            import_module(name)
            yield


def _first_table() -> Iterator[None]:
    """The types of a table and of all that it is asked for."""
    with_table = QWidget()
    table = QTableView(with_table)
    dress_table(table, name="")
    for part in (table, table.horizontalHeader(), table.verticalHeader()):
        part.viewport()
    with_table.deleteLater()
    yield
