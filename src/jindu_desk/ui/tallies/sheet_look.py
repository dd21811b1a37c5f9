"""How the sheet is looked at on this PC: its size, and the items that are out of sight. Figures are not touched."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from jindu_desk.ui.frame.screen import Shell

_ZOOM, _HIDDEN = "tallies.zoom", "tallies.hidden"
STEPS = (80, 90, 100, 110, 125, 140, 160, 180, 200)  # per cent


class SheetLook(QObject):
    """``changed()`` when the sheet is to be laid out anew. What is chosen is remembered."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        kept = shell.layout(_ZOOM)
        self.zoom = int(kept) if kept.isdigit() and int(kept) in STEPS else 100
        self.hidden = frozenset(filter(None, shell.layout(_HIDDEN).split(",")))  # items without their kind

    def step(self, by: int) -> None:
        """Larger or smaller by one step."""
        place = STEPS.index(self.zoom) + by
        if 0 <= place < len(STEPS):
            self._use(STEPS[place])

    def reset(self) -> None:
        self._use(100)

    def hide(self, base: str) -> None:
        self._keep(self.hidden | {base})

    def show_again(self, bases: frozenset[str]) -> None:
        self._keep(self.hidden - bases)

    def _use(self, zoom: int) -> None:
        if zoom != self.zoom:
            self.zoom = zoom
            self._shell.keep_layout(_ZOOM, str(zoom))
            self.changed.emit()

    def _keep(self, hidden: frozenset[str]) -> None:
        if hidden != self.hidden:
            self.hidden = hidden
            self._shell.keep_layout(_HIDDEN, ",".join(sorted(hidden)))
            self.changed.emit()
