"""Decisions typed as they fall: one line, Enter adds it and begins the next. What is half typed is kept as well."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import LONG_TEXT
from jindu_desk.domain.meeting_drafts import DecisionDraft
from jindu_desk.ui.fields import Form, line_edit
from jindu_desk.ui.meetings.editors import CleanField, proposing_edit
from jindu_desk.ui.meetings.mode.deadline_field import DeadlineField
from jindu_desk.ui.meetings.mode.holding import Holding
from jindu_desk.ui.meetings.mode.large_type import large_row
from jindu_desk.ui.tables import Column, RowsModel, dress_table, select_row
from jindu_desk.ui.theme.measures import GROUP


class DecisionPanel(QWidget):
    def __init__(self, holding: Holding) -> None:
        super().__init__()
        self._holding = holding
        self._at: int | None = None  # which decision the line edits; None: the next one
        self._removed: tuple[int, DecisionDraft] | None = None
        self.model: RowsModel[DecisionDraft] = RowsModel(
            (
                Column("序", lambda each: str(self._number(each))),
                Column("议定事项", lambda each: each.matter.replace("\n", " ") or "—", width=-1),
                Column("牵头单位", lambda each: each.lead_unit or "—"),
                Column("责任人", lambda each: each.person or "—"),
                Column("时限", lambda each: str(each.deadline or "—")),
            )
        )
        self.view = _View(self.model)
        self.view.opened = self._open
        self.view.removed = self._remove
        self.view.undone = self._put_back
        rows = holding.rows
        names = [*(leader.name for leader in rows.people.leaders), *(row.name for row in holding.draft.attendees)]
        units = [*rows.people.units, *(row.unit_name for row in holding.draft.attendees)]
        self.matter = CleanField("议定事项", line_edit(limit=LONG_TEXT), "matter", limit=LONG_TEXT)
        self.lead_unit = CleanField("牵头单位", proposing_edit(_some(units)), "lead_unit")
        self.person = CleanField("责任人", proposing_edit(_some(names)), "person")
        self.deadline = DeadlineField("完成时限", rows.held_on)
        self._title = QLabel()
        self._title.setProperty("role", "muted")
        form = Form(4)
        form.add_widget(self.matter, span=4)
        for field in (self.lead_unit, self.person, self.deadline):
            form.add_widget(field)
        keys = QLabel("回车 记下并写下一项　Tab 到下一格　在列表里：回车 修改　Delete 移除　Ctrl+Z 恢复")
        keys.setProperty("role", "muted")
        keys.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._title)
        column.addWidget(form)
        column.addWidget(keys)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.matter)
        for field in (self.matter, self.lead_unit, self.person):
            field.edited.connect(self._typed)
        self.deadline.edited.connect(self._typed)
        for line in (self.matter.editor, self.lead_unit.editor, self.person.editor, self.deadline.editor):
            if isinstance(line, QLineEdit):
                line.returnPressed.connect(self._enter)
        self._show_list()
        self._show_title()

    def enlarge(self, factor: float) -> None:
        self.view.verticalHeader().setDefaultSectionSize(large_row(factor))

    def _number(self, each: DecisionDraft) -> int:
        return self._holding.draft.decisions.index(each) + 1

    def _typed(self) -> None:
        """Keep the line as it is; it becomes a decision with its first character."""
        decisions = list(self._holding.draft.decisions)
        typed = {
            "matter": self.matter.value(),
            "lead_unit": self.lead_unit.value(),
            "person": self.person.value(),
            "deadline": self.deadline.value(),
        }
        if self._at is None:
            if not any(typed.values()):
                return
            decisions.append(DecisionDraft(id=str(uuid.uuid4())))
            self._at = len(decisions) - 1
        decisions[self._at] = decisions[self._at].model_copy(update=typed)
        self._keep(decisions)

    def _enter(self) -> None:
        """Take the line and begin the next, unless a proposal is being picked or something is not taken."""
        if any(_is_picking(field.editor) for field in (self.lead_unit, self.person)):
            return
        self.deadline.settle()
        wrong = next((f for f in (self.matter, self.lead_unit, self.person, self.deadline) if f.error), None)
        if wrong is not None:
            wrong.setFocus()
            self._holding.told.emit(wrong.error, True)
            return
        if not self.matter.value():
            if self._at is not None:
                self._holding.told.emit("先写议定事项的内容。", True)
            self.matter.setFocus()
            return
        self._holding.told.emit(f"已记第 {(self._at or 0) + 1} 项", False)
        self._begin(None)

    def _begin(self, at: int | None) -> None:
        """Put a decision into the line, or nothing for the next one."""
        self._drop_empty()
        decisions = self._holding.draft.decisions
        if at is not None and at >= len(decisions):
            at = None
        self._at = at
        each = decisions[at] if at is not None else DecisionDraft()
        for field, text in ((self.matter, each.matter), (self.lead_unit, each.lead_unit), (self.person, each.person)):
            field.set_value(text)
        self.deadline.set_value(each.deadline)
        self._show_title()
        if isinstance(self.matter.editor, QLineEdit):
            self.matter.editor.end(False)  # who opens a decision goes on writing it
        self.matter.setFocus()

    def _drop_empty(self) -> None:
        """A decision whose every word was taken away again is none."""
        held = self._holding.draft.decisions
        left = [each for each in held if each != DecisionDraft(id=each.id)]
        if len(left) != len(held):
            self._keep(left)

    def _open(self, at: int) -> None:
        self._begin(at)

    def _remove(self, at: int) -> None:
        decisions = list(self._holding.draft.decisions)
        gone = decisions.pop(at)
        self._removed = (at, gone)
        self._at = None
        self._keep(decisions)
        self._begin(None)
        if decisions:
            select_row(self.view, min(at, len(decisions) - 1))
        self.view.setFocus()
        self._holding.told.emit(f"已移除“{gone.matter[:20]}”，Ctrl+Z 恢复", False)

    def _put_back(self) -> None:
        if self._removed is None:
            return
        at, each = self._removed
        decisions = list(self._holding.draft.decisions)
        decisions.insert(min(at, len(decisions)), each)
        self._removed = None
        self._at = None
        self._keep(decisions)
        self._begin(None)
        select_row(self.view, min(at, len(decisions) - 1))
        self.view.setFocus()

    def _keep(self, decisions: list[DecisionDraft]) -> None:
        self._holding.change(decisions=tuple(decisions))
        self._show_list()
        self._show_title()

    def _show_list(self) -> None:
        held = self.view.currentIndex().row()
        self.model.show_rows(self._holding.draft.decisions)
        if 0 <= held < self.model.rowCount():
            select_row(self.view, held)

    def _show_title(self) -> None:
        count = len(self._holding.draft.decisions)
        self._title.setText(f"第 {count + 1} 项" if self._at is None else f"第 {self._at + 1} 项")


class _View(QTableView):
    def __init__(self, model: RowsModel[DecisionDraft]) -> None:
        super().__init__()
        self.opened: Callable[[int], None] = _nothing
        self.removed: Callable[[int], None] = _nothing
        self.undone: Callable[[], None] = lambda: None
        self.setModel(model)
        dress_table(self, name="已记的议定事项")
        header = self.horizontalHeader()
        for number, column in enumerate(model.columns):
            stretch = QHeaderView.ResizeMode.Stretch if column.width < 0 else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(number, stretch)
        self.doubleClicked.connect(lambda index: self.opened(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone()
        elif at >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened(at)
        elif at >= 0 and event.key() == Qt.Key.Key_Delete:
            self.removed(at)
        else:
            super().keyPressEvent(event)


def _is_picking(editor: QWidget) -> bool:
    """Whether one of the proposals is chosen with the arrows: Enter is for it."""
    completer = editor.completer() if isinstance(editor, QLineEdit) else None
    popup = completer.popup() if completer is not None else None
    return popup is not None and popup.isVisible() and popup.currentIndex().isValid()


def _nothing(_at: int) -> None:
    """Nobody asked to be told yet."""


def _some(words: list[str]) -> list[str]:
    """Each word once."""
    return list(dict.fromkeys(word for word in words if word))
