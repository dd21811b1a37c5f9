"""Step 6 of a township: the directors of its villages, who are called to the meeting (Art. 11). May wait."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.units import Role, Tier
from jindu_desk.errors import DeskError
from jindu_desk.operations.units import OfficialDraft
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.first_start.answers import Answers
from jindu_desk.ui.first_start.step import Step
from jindu_desk.ui.theme.measures import BETWEEN, GROUP

_COLUMNS = 3
_POST = "主任"


class DirectorsStep(Step):
    word = "村（社区）主任"

    def __init__(self) -> None:
        super().__init__(
            "各村（居）委会主任是谁？",
            "例会名单和纪要签发要用到他们。可以从表格里整列复制，粘贴到第一格；也可以直接点“下一步”，以后在“单位人员”里补。",
        )
        self._fields: dict[str, Field[QLineEdit]] = {}
        self._typed: dict[str, str] = {}
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._area, 1)

    def applies(self, answers: Answers) -> bool:
        return answers.tier is Tier.TOWNSHIP

    def enter(self, answers: Answers) -> None:
        """One field per village, downwards in the order of the villages; what was typed before stays."""
        self._typed |= {unit_id: field.text() for unit_id, field in self._fields.items()}
        self._fields = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, GROUP, 0)
        grid.setHorizontalSpacing(BETWEEN)
        grid.setVerticalSpacing(GROUP)
        villages = answers.below or ()
        rows = max(1, -(-len(villages) // _COLUMNS))
        for number, village in enumerate(villages):
            field = Field(village.name, line_edit(limit=60, text=self._typed.get(village.id, "")))
            field.editor.setAccessibleName(f"{village.name} 主任姓名")
            field.editor.installEventFilter(self)
            self._fields[village.id] = field
            grid.addWidget(field, number % rows, number // rows)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(rows, 1)
        self._area.setWidget(inside)

    def focus_first(self) -> None:
        if self._fields:
            next(iter(self._fields.values())).setFocus()

    def leave(self, answers: Answers) -> Answers:
        directors: list[OfficialDraft] = []
        for unit_id, field in self._fields.items():
            try:
                name = clean_text(field.text(), "主任姓名", limit=60)
            except DeskError as error:
                field.show_error(str(error))
                field.setFocus()
                raise
            if name:
                directors.append(OfficialDraft(unit_id, Role.VILLAGE_DIRECTOR, name, _POST))
        return replace(answers, directors=tuple(directors))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Several lines pasted into a field go into this one and those after it, an empty line skips one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            names = re.split(r"\r\n|\r|\n", QGuiApplication.clipboard().text().strip("\r\n"))
            if event.matches(QKeySequence.StandardKey.Paste) and len(names) > 1:
                fields = list(self._fields.values())
                first = next(number for number, field in enumerate(fields) if field.editor is watched)
                for field, name in zip(fields[first:], names, strict=False):
                    field.editor.setText(name.split("\t")[0].strip())
                    field.clear_error()
                return True
        return super().eventFilter(watched, event)
