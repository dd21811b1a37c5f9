"""Carrying out what was decided in the panel or in the comparison, which wait meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jindu_desk.ui.receive.comparing import ComparisonView
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.side_panel import PanelForm, SidePanel

if TYPE_CHECKING:
    from jindu_desk.domain.changes import Changes
    from jindu_desk.ui.frame.screen import Shell


class Work:
    """``reopen`` is the id of the package whose panel is shown again when the rows are there anew."""

    def __init__(self, shell: Shell, panel: SidePanel) -> None:
        self._shell, self._panel = shell, panel
        self.reopen = ""

    def carry_out(
        self,
        operation: Callable[[], Changes],
        said: str,
        *,
        received: str = "",
        view: ComparisonView | None = None,
        afterwards: Callable[[], object] | None = None,
    ) -> None:
        """``received``: the package that it is about. ``view``: where the button was pressed, if not in the panel."""
        content = self._panel.content

        def done(_changes: Changes) -> None:
            self.wait(False, view)
            self.reopen = received
            if view is not None:
                view.left.emit()
            elif self._panel.content is content and not isinstance(content, PackagePanel):
                self._panel.close_content()
            if afterwards is not None:
                afterwards()

        def refused(error: Exception) -> None:
            self.wait(False, view)
            if view is not None:
                view.show_failure(error)
            elif self._panel.content is content and isinstance(content, PanelForm | PackagePanel):
                content.show_failure(error)
            self._shell.notice(str(error), "error")

        self.wait(True, view)
        self._shell.carry_out(operation, said=said, then=done, failed=refused)

    def wait(self, busy: bool, view: ComparisonView | None = None) -> None:
        """So that nothing is decided twice."""
        if view is not None:
            view.set_busy(busy)
            return
        self._panel.set_busy(busy)
        if isinstance(self._panel.content, PackagePanel):
            self._panel.content.set_busy(busy)
