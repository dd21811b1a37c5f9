"""What became of the files that were just read: a verdict in words each, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.ui.cards import Card
from jindu_desk.ui.chips import SIGN
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.report.reading import ReadFile
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import BETWEEN, scaled_font


class ResultsCard(Card):
    """``compare(file)`` is called to compare the unknown key of a file; ``fold()`` when they were read by the user."""

    def __init__(
        self, compare: Callable[[ReadFile], object], fold: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__("刚读入的文件", icon="package-open", parent=parent)
        self._compare = compare
        self.head.addWidget(button_for(Action("收起", fold, "x", role="link")))
        self._body: QWidget | None = None
        self.files: tuple[ReadFile, ...] = ()
        self.setVisible(False)

    def show_files(self, files: Sequence[ReadFile]) -> None:
        self.files = tuple(files)
        if self._body is not None:
            self.body.removeWidget(self._body)
            self._body.deleteLater()
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(BETWEEN - 4)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, file in enumerate(files):
            if number:
                rule = QFrame()
                rule.setProperty("role", "line")
                grid.addWidget(rule, grid.rowCount(), 0, 1, 2)
            self._add(grid, file)
        self.body.addWidget(self._body)
        self.setVisible(bool(files))

    def _add(self, grid: QGridLayout, file: ReadFile) -> None:
        row = grid.rowCount()
        grid.addWidget(IconSign(SIGN[file.kind], file.kind), row, 0, Qt.AlignmentFlag.AlignTop)
        heading = QLabel(file.heading)
        heading.setFont(scaled_font(1.0, bold=True))
        heading.setWordWrap(True)
        grid.addWidget(heading, row, 1)
        for text, role in ((file.file_name, "muted"), *((line, "") for line in file.lines), (file.to_do, "muted")):
            if text:
                row += 1
                label = QLabel(text)
                label.setWordWrap(True)
                label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                if role:
                    label.setProperty("role", role)
                grid.addWidget(label, row, 1)
        if file.comparable is not None:
            button = button_for(Action("核对指纹并登记…", partial(self._compare, file), "shield-check", role="primary"))
            grid.addWidget(button, row + 1, 1, Qt.AlignmentFlag.AlignLeft)
