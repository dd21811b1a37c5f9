"""Carries out what is decided in the side panel; a refusal goes to the form that asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from jindu_desk.errors import DeskError
from jindu_desk.ui.frame.screen import Changed, Shell
from jindu_desk.ui.side_panel import PanelForm, SidePanel

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

C = TypeVar("C", bound=Changed)


class Acting:
    """One for the whole screen."""

    def __init__(self, shell: Shell, panel: SidePanel) -> None:
        self.shell, self.panel = shell, panel

    @property
    def desk(self) -> Desk:
        return self.shell.desk

    def can_write(self) -> bool | str:
        return self.desk.why_read_only or True

    def carry_out(
        self,
        operation: Callable[[], C],
        said: str,
        *,
        then: Callable[[C], object] | None = None,
        title: str = "",
    ) -> None:
        """Run it; then close the content that asked."""
        content = self.panel.content

        def done(changes: C) -> None:
            if self.panel.content is content:
                self.panel.close_content()
            if then is not None:
                then(changes)

        def refused(error: Exception) -> None:
            shown = self.panel.content
            if shown is content and shown is not None:
                self.panel.set_busy(False)
            if not isinstance(error, DeskError):
                return  # told already
            if shown is content and isinstance(shown, PanelForm):
                shown.show_failure(error)
            self.shell.notice(str(error), "error")

        self.panel.set_busy(True)
        self.shell.carry_out(operation, said=said, then=done, failed=refused, title=title)
