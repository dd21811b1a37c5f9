"""A fingerprint in groups of four, large, so that two people can read it to each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.ui.theme.measures import GROUP

_PER_ROW = 4


class FingerprintView(QWidget):
    """Shows the groups in rows of four. `show_compared` marks each group as read out: right, wrong, not yet."""

    def __init__(self, name: str = "指纹", *, factor: float = 1.3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GROUP * 2)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(_PER_ROW, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._font.setPointSizeF(self.font().pointSizeF() * factor)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show these groups, unmarked."""
        while len(self._labels) < len(groups):
            label = QLabel()
            label.setFont(self._font)
            self._grid.addWidget(label, len(self._labels) // _PER_ROW, len(self._labels) % _PER_ROW)
            self._labels.append(label)
        for number, label in enumerate(self._labels):
            label.setText(groups[number] if number < len(groups) else "")
            self._mark(label, "")
        self.setAccessibleName(f"{self._name}：{' '.join(groups)}")

    def show_compared(self, typed: str) -> None:
        """Mark the groups against what was typed, blanks and ``SHA256:`` aside."""
        plain = "".join(ch for ch in typed if ch.isascii() and (ch.isalnum() or ch in ":+/")).removeprefix("SHA256:")
        at = 0
        for label in self._labels:
            group = label.text()
            read = plain[at : at + len(group)]
            at += len(group)
            if not read or not group:
                self._mark(label, "")
            elif group == read:
                self._mark(label, "done")
            else:
                self._mark(label, "" if group.startswith(read) else "wrong")

    def _mark(self, label: QLabel, role: str) -> None:
        if label.property("role") != role:
            label.setProperty("role", role)
            label.style().polish(label)
