"""Step 5: who is responsible (Art. 3) and who does the work (Art. 11). May be left for later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from html import escape
from itertools import pairwise

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.units import Role
from jindu_desk.errors import DeskError
from jindu_desk.operations.units import OfficialDraft
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import is_wrong, line_edit, mark_wrong
from jindu_desk.ui.first_start.answers import Answers
from jindu_desk.ui.first_start.step import Step
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import BETWEEN, GROUP

_ASKED = (
    (Role.FIRST_RESPONSIBLE, "第一责任人", "党委、政府主要领导（第三条）", "党委书记"),
    (Role.MAIN_RESPONSIBLE, "主要责任人", "分管禁毒工作的领导（第三条）", "分管负责人"),
    (Role.DIRECT_RESPONSIBLE, "直接责任人", "部门负责人（第三条）", "派出所所长"),
    (Role.FULL_TIME_STAFF, "专职人员", "专职禁毒工作人员（第十一条）", "专职禁毒工作人员"),
)
_LAST_ROW = 99  # of a role's block: below all its lines


@dataclass(frozen=True, slots=True)
class _Line:
    role: Role
    name: QLineEdit
    post: QLineEdit
    since: DateField

    @property
    def is_begun(self) -> bool:
        return any(editor.text().strip() for editor in (self.name, self.post, self.since.line))


class OfficialsStep(Step):
    word = "责任人员"

    def __init__(self) -> None:
        super().__init__(
            "谁负责，谁来做？",
            "责任制第三条、第十一条要求明确这些人员。知道几位填几位，空着的以后在“单位人员”里补。任职日期用于责任追究的两年期限（第二十五条）。",
        )
        self._lines: list[_Line] = []
        self._blocks: dict[Role, QGridLayout] = {}
        self._more: list[QPushButton] = []
        self._problem = QLabel()
        self._problem.setProperty("role", "wrong")
        self._problem.setWordWrap(True)
        self._problem.setVisible(False)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GROUP, 0)
        column.setSpacing(BETWEEN)
        for role, word, who, _post in _ASKED:
            grid = QGridLayout()
            grid.setSpacing(GROUP)
            for number, stretch in enumerate((3, 4, 3)):
                grid.setColumnStretch(number, stretch)
            head = QLabel(f"<b>{word}</b>　{escape(who)}")
            more = button_for(Action("再加一位", partial(self._add_and_focus, role), icon="plus", role="link"))
            more.setAccessibleName(f"再加一位{word}")
            self._more.append(more)
            grid.addWidget(head, 0, 0, 1, 2)
            grid.addWidget(more, 0, 2)
            self._blocks[role] = grid
            self._add_line(role)
            column.addLayout(grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self._order_keys()

    def focus_first(self) -> None:
        self._lines[0].name.setFocus()

    def leave(self, answers: Answers) -> Answers:
        self._problem.setVisible(False)
        return replace(answers, officials=tuple(self._draft(line) for line in self._lines if line.is_begun))

    def line(self, role: Role) -> _Line:
        """The last line of a role."""
        return [line for line in self._lines if line.role is role][-1]

    def _add_and_focus(self, role: Role) -> None:
        line = self._add_line(role)
        self._order_keys()
        line.name.setFocus()

    def _add_line(self, role: Role) -> _Line:
        word, example = next((word, post) for asked, word, _who, post in _ASKED if asked is role)
        line = _Line(
            role,
            line_edit(limit=60, placeholder="姓名"),
            line_edit(limit=200, placeholder=f"职务，例如 {example}"),
            DateField(year=QDate.currentDate().year()),
        )
        line.since.line.setPlaceholderText("任职日期 2026-10-28")
        count = sum(other.role is role for other in self._lines) + 1
        line.name.setAccessibleName(f"{word}{count} 姓名")
        line.post.setAccessibleName(f"{word}{count} 职务")
        line.since.setAccessibleName(f"{word}{count} 任职日期")
        grid = self._blocks[role]
        for column, widget in enumerate((line.name, line.post, line.since)):
            grid.addWidget(widget, count, column)
        for editor in (line.name, line.post, line.since.line):
            editor.textEdited.connect(partial(self._edited, editor))
        self._lines.append(line)
        return line

    def _edited(self, editor: QLineEdit, _text: str) -> None:
        self._clear(editor)

    def _draft(self, line: _Line) -> OfficialDraft:
        """Raises the `DeskError` of the first faulty field, which is marked and gets the keyboard."""
        word = next(word for role, word, _who, _post in _ASKED if role is line.role)
        editor = line.name
        try:
            name = clean_text(line.name.text(), f"{word}姓名", limit=60, required=True)
            editor = line.post
            post = clean_text(line.post.text(), f"{word}职务", limit=200)
            editor = line.since.line
            since = line.since.value()
        except DeskError as error:
            self._tell(line.role, editor, str(error))
            raise
        return OfficialDraft(unit_id="", role=line.role, name=name, post=post, since=since)

    def _tell(self, role: Role, editor: QLineEdit, sentence: str) -> None:
        """Below the lines of the role, until the next keystroke in the field."""
        self._problem.setText(sentence)
        self._blocks[role].addWidget(self._problem, _LAST_ROW, 0, 1, 3)
        self._problem.setVisible(True)
        mark_wrong(editor, sentence)
        editor.setFocus()

    def _clear(self, editor: QLineEdit) -> None:
        if is_wrong(editor):
            mark_wrong(editor, "")
            self._problem.setVisible(False)

    def _order_keys(self) -> None:
        """Tab goes from field to field, so that names typed blind land where they belong; then to 再加一位."""
        roles = [role for role, *_rest in _ASKED]
        lines = sorted(self._lines, key=lambda line: roles.index(line.role))
        stops: list[QWidget] = [each for line in lines for each in (line.name, line.post, line.since.line)]
        stops += self._more
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
