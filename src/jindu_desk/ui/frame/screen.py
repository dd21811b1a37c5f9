"""The contract between the frame and its screens.

A screen is a folder ``ui/<subject>/`` with ``page.py`` (builds and wires), ``actions.py`` (what can be done), and
``form.py``, ``columns.py`` … as needed. `ui/screens.py` lists every screen as a `ScreenSpec`; the frame builds a page
the first time it is shown, or before (`ahead.py`), by ``spec.load()(shell)``.

What a page is: a QWidget with the members of `Screen`.

* ``subjects``: the subject names (``"meetings"``, ``"units"`` …) whose rows it shows. When an operation changed one of
  them, the frame calls ``refresh()`` at once if the page is on the screen, or else the next time it is shown.
* ``show_month(month)``: called before the page is first shown and whenever the month changed. It starts a query; it
  does not wait for it. A page without a month (units, preferences) shows itself here the first time.
* ``refresh()``: query again and show, keeping selection, scroll position and what the user is typing.
* optional ``may_leave() -> bool``: called before another page or month is shown and before the window closes. Save the
  draft and return True; or ask with ``shell.ask`` and return False to stay. Drafts are kept, not thrown away.
* optional classmethod ``in_steps(shell) -> (page, steps)``: a page that takes longer to build than a handler may run;
  an iterator builds it, and it is used after the last step. Built so where nobody waits for it.
* optional ``open_at(**where)``: another page sent the user here (``shell.go("tallies", village=…, item=…)``). It comes
  after ``show_month``; if the rows are still on their way, remember the place and jump when they arrive.

A page asks the `Shell` it was built with, never the window:

* reading: ``shell.tasks.run(lambda: query(shell.desk, …), self._show)``: the query runs on the worker thread and
  gives frozen rows; ``_show(rows)`` runs on the window thread. If several months are clicked through quickly, results
  of an older month may arrive late: compare ``rows.month`` with ``shell.month`` and drop them.
* writing: ``shell.carry_out(lambda: operation(shell.desk, …), said="已保存")``: runs on the worker thread, then tells
  every page what changed, then puts up the quiet notice. A `DeskError` becomes a notice by itself; give ``failed`` to
  put the sentence beside the field instead.
* ``shell.ask`` only where something would be lost.

No handler runs longer than 50 ms, so neither reads nor writes go straight to the desk on the window thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month
    from jindu_desk.ui.notices import NoticeKind
    from jindu_desk.ui.tasks import Tasks
    from jindu_desk.ui.theme.theme import Theme

C = TypeVar("C", bound="Changed")


class Changed(Protocol):
    """What an operation returns: `domain.changes.Changes`, or a result of its own that names the subjects too."""

    @property
    def subjects(self) -> frozenset[str]: ...


class Shell(Protocol):
    """What the frame gives to a page."""

    @property
    def desk(self) -> Desk:
        """The open data folder. Touch it on the worker thread only, except for its plain facts (own unit, tier)."""

    @property
    def tasks(self) -> Tasks: ...

    @property
    def month(self) -> Month:
        """The month chosen in the context bar."""

    def notice(self, text: str, kind: NoticeKind = "info") -> None:
        """Put a sentence into the foot. ``error`` and ``warning`` stay until the next one; the others fade."""

    def go(self, screen_key: str, **where: object) -> None:
        """Show another screen; ``where`` goes to its ``open_at``."""

    def choose_month(self, month: Month) -> None:
        """Switch the whole window to another month."""

    def changed(self, changes: Changed) -> None:
        """Every page that shows one of ``changes.subjects`` queries again: now if visible, else when shown."""

    def carry_out(
        self,
        operation: Callable[[], C],
        *,
        said: str = "",
        then: Callable[[C], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        title: str = "",
    ) -> None:
        """Run an operation on the worker; then `changed`, then the notice ``said``, then ``then(changes)``."""

    @property
    def theme(self) -> Theme: ...

    def keep_theme(self) -> None:
        """Remember the theme as it is now for the next start."""

    def reopen(self, folder: Path | None = None) -> None:
        """Read everything anew, after a restore; or go over to another data folder."""

    def leave_demo(self) -> None:
        """From the example back to the folder that the program was started with."""

    def layout(self, name: str) -> str:
        """A remembered width, choice or last folder of this PC, "" if there is none."""

    def keep_layout(self, name: str, value: str) -> None:
        """Remember it, e.g. ``("tallies.columns", "…")``."""

    def ask(self, question: str, verb: str, *, danger: bool = False) -> bool:
        """A dialog, only to prevent loss: the verb on its button, 取消 as the default."""


@runtime_checkable
class Screen(Protocol):
    """A page; see the module's docstring."""

    subjects: frozenset[str]

    def show_month(self, month: Month) -> None: ...

    def refresh(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """A line in the registry. ``load`` imports the page's module and returns its class, so that start-up is not paid
    for pages that nobody opens; ``package`` is where it imports from. ``tiers``: who sees it. ``below_line``: stands
    under the line in the navigation. ``ahead``: most of the hours go there, so that it is built before it is asked for.
    """

    key: str
    title: str
    icon: str
    tiers: frozenset[str]
    load: Callable[[], Callable[[Any], QWidget]]
    package: str
    below_line: bool = False
    ahead: bool = False
