"""The lines of the last directive or answer, to be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.queries.exchange.superior import SnapshotRow
from jindu_desk.ui.cards import Card
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.report.superior_words import snapshot_title
from jindu_desk.ui.theme.measures import GROUP


class SnapshotCard(Card):
    """``kind``: 指令 or 回执; ``nothing``: what is said while there is none. ``slip(row)`` shows its paper, where it
    has one."""

    def __init__(
        self,
        kind: str,
        icon: str,
        nothing: str,
        slip: Callable[[SnapshotRow], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(snapshot_title(kind, None), icon=icon, parent=parent)
        self._kind, self._nothing = kind, nothing
        self._body: QWidget | None = None
        self._slip = slip
        self._row: SnapshotRow | None = None
        self.lines: tuple[str, ...] = ()
        self.button: QPushButton | None = None
        if slip is not None:
            self.button = button_for(Action(f"打印{kind}单", self._show_slip, "printer"))
            self.button.setVisible(False)
            foot = QHBoxLayout()
            foot.addWidget(self.button)
            foot.addStretch(1)
            self.body.addLayout(foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_snapshot(self, row: SnapshotRow | None) -> None:
        """The sentence itself first, then one line for each thing it said."""
        self._row = row
        self.title.setText(snapshot_title(self._kind, row))
        if self.button is not None:
            self.button.setVisible(row is not None)
        lines = row.lines if row else (self._nothing,)
        if self._body is not None:
            if lines == self.lines:
                return
            self.body.removeWidget(self._body)
            self._body.deleteLater()
        self.lines = lines
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP // 2)
        for number, line in enumerate(lines):
            if number == 1:
                rule = QFrame()
                rule.setProperty("role", "line")
                column.addWidget(rule)
            column.addWidget(_line(line, first=number == 0))
        self.body.insertWidget(0, self._body)

    def _show_slip(self) -> None:
        if self._slip is not None and self._row is not None:
            self._slip(self._row)


def _line(text: str, *, first: bool) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if first:
        label.setProperty("role", "muted")
    return label
