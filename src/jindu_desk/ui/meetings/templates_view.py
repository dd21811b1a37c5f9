"""The desk's recurring items as a small list, edited beside it; one of them or all standing ones go into a meeting."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import LONG_TEXT
from jindu_desk.domain.meeting_templates import MeetingTemplate, MeetingTemplates, TemplateKind
from jindu_desk.ui.cards import Card
from jindu_desk.ui.fields import Field, Form, line_edit
from jindu_desk.ui.meetings.editors import CleanField, GrowingText, StillCombo
from jindu_desk.ui.meetings.planned_field import PlannedField
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.reflowing_grid import ReflowingGrid
from jindu_desk.ui.tables import Column, RowsModel, rows_view, select_row, select_same
from jindu_desk.ui.theme.measures import GROUP

KINDS = {TemplateKind.OPENING: "会议概况", TemplateKind.AGENDA: "议程", TemplateKind.DECISION: "议定事项"}
_MOST_DAYS = 366
_LEAST = 150  # px


class TemplatesView(QWidget):
    """``saved(MeetingTemplates)``: the list is to be kept as it is now; ``wanted(MeetingTemplate)``: one is to go into
    the month's meeting."""

    saved = Signal(object)
    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.ask: Callable[[str], bool] = lambda _question: True
        self.model: RowsModel[MeetingTemplate] = RowsModel(
            (
                Column("类别", lambda row: KINDS[row.kind]),
                Column("名称", lambda row: row.title, tooltip=lambda row: row.text or row.title, width=-1),
                Column("套用", lambda row: "每次" if row.standing else "单独"),
            )
        )
        self.view = rows_view(self.model, name="常用内容", sortable=False)
        self.view.selectionModel().currentRowChanged.connect(self._show_current)
        self._told = told = QLabel(
            "标为“每次”的，用“套用常用内容”一次加入新会议；会议里已有的不重复加入。{年} {月} {单位} 会换成那次会议的。"
        )
        told.setProperty("role", "muted")
        told.setWordWrap(True)
        self.editor = TemplateCard()
        self.editor.saved.connect(self._save)
        self.editor.wanted.connect(self.wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        self.add = button_for(Action("新增常用内容", self._add, icon="plus", role="link"))
        self.up = button_for(Action("上移", lambda: self._move(-1), role="link"))
        self.down = button_for(Action("下移", lambda: self._move(1), role="link"))
        self.away = button_for(Action("删除常用内容", self._remove, icon="trash-2", role="link"))
        for button in (self.add, self.up, self.down, self.away):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left, right = QWidget(), QWidget()
        listed, written = QVBoxLayout(left), QVBoxLayout(right)
        for side in (listed, written):
            side.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(GROUP)
        listed.addWidget(self.view, 1)
        listed.addLayout(buttons)
        written.addWidget(self.editor)
        written.addStretch(1)
        self.view.setMinimumHeight(_LEAST)
        sides = ReflowingGrid((left, right), columns=2, fewer=1, enough=840, stretch=(2, 3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(told)
        column.addWidget(sides, 1)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the sentence needs at this width: else the form below would be cut by it."""
        super().resizeEvent(event)
        self._told.setMinimumHeight(max(self._told.heightForWidth(self.width()), 0))

    def show_templates(self, templates: MeetingTemplates, *, may_put: bool) -> None:
        """Show the list; what is being typed for the selected one stays. ``may_put``: a meeting is being written."""
        self.editor.put.setEnabled(may_put)
        if templates.items != self.model.rows:
            self._show(templates.items, self.editor.template_id)

    def flush(self) -> None:
        """Keep what is typed and not saved, if it can be kept: the list is left, or another line is shown."""
        pending = self.editor.unsaved()
        if pending is not None:
            self.editor.take_as_saved(pending)
            items = self._with(pending)
            self.model.show_rows(items)
            self.saved.emit(MeetingTemplates(items=tuple(items)))

    def _with(self, changed: MeetingTemplate) -> list[MeetingTemplate]:
        items = [changed if each.id == changed.id else each for each in self.model.rows]
        return items if any(each.id == changed.id for each in items) else [*items, changed]

    def _show(self, items: Sequence[MeetingTemplate], wanted: str) -> None:
        self.model.show_rows(items)
        if items and not select_same(self.view, self.model, lambda row: row.id, wanted):
            select_row(self.view, 0)
        self._show_current()

    def _at(self) -> int:
        return self.view.currentIndex().row()

    def _show_current(self) -> None:
        at = self._at()
        wanted = self.model.row(at).id if at >= 0 else ""
        if wanted != self.editor.template_id and self.editor.unsaved() is not None:
            self.flush()
            select_same(self.view, self.model, lambda row: row.id, wanted)
            at = self._at()
        for button in (self.up, self.down, self.away):
            button.setEnabled(at >= 0)
        self.editor.show_template(self.model.row(at) if at >= 0 else None)

    def _add(self) -> None:
        self.view.clearSelection()
        self.view.setCurrentIndex(self.model.index(-1, -1))
        self.editor.show_template(MeetingTemplate(id=str(uuid.uuid4()), kind=TemplateKind.AGENDA, title=""))
        self.editor.title_field.setFocus()

    def _save(self, changed: MeetingTemplate) -> None:
        self.editor.take_as_saved(changed)
        self._keep(self._with(changed), changed.id)

    def _move(self, step: int) -> None:
        at, items = self._at(), list(self.model.rows)
        if at >= 0 and 0 <= at + step < len(items):
            moved = items.pop(at)
            items.insert(at + step, moved)
            self._keep(items, moved.id)

    def _remove(self) -> None:
        at, items = self._at(), list(self.model.rows)
        if at >= 0 and self.ask(f"删除常用内容“{items[at].title}”？"):
            self.editor.show_template(None)
            items.pop(at)
            self._keep(items, items[min(at, len(items) - 1)].id if items else "")

    def _keep(self, items: Sequence[MeetingTemplate], wanted: str) -> None:
        self._show(items, wanted)
        self.saved.emit(MeetingTemplates(items=tuple(items)))


class TemplateCard(Card):
    """One of them as a form; only an agenda item has a plan, only a decision unit, person and days."""

    saved = Signal(object)
    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("内容")
        self._shown: MeetingTemplate | None = None
        self.kind = Field("类别", StillCombo([(word, kind) for kind, word in KINDS.items()]))
        self.title_field = CleanField("名称（议程即题目）", line_edit(), "title", required=True)
        self.text_field = CleanField("文字", GrowingText(3), "text", limit=LONG_TEXT)
        self.planned = PlannedField()
        self.lead_unit = CleanField("牵头单位", line_edit(), "lead_unit")
        self.helping = CleanField("配合单位", line_edit(), "helping_units")
        self.person = CleanField("责任人", line_edit(), "person")
        self.days = Field("时限（会后几天）", line_edit(limit=3, placeholder="7"))
        self.standard = CleanField("办结标准", GrowingText(1), "standard", limit=LONG_TEXT)
        self.standing = QCheckBox("每次套用(&E)")
        self.save = button_for(Action("保存常用内容", self._save, icon="save"))
        self.put = button_for(Action("只加入这一条", self._put, icon="plus", tip="加入本月例会"))
        form = Form(4)
        spans = (
            (self.kind, 1),
            (self.title_field, 3),
            (self.text_field, 4),
            (self.planned, 1),
            (self.lead_unit, 1),
            (self.helping, 1),
            (self.person, 1),
            (self.days, 1),
            (self.standard, 4),
        )
        for field, span in spans:
            form.add_widget(field, span=span)
        foot = QHBoxLayout()
        foot.setSpacing(GROUP)
        foot.addWidget(self.standing)
        foot.addStretch(1)
        foot.addWidget(self.put)
        foot.addWidget(self.save)
        self.body.addWidget(form)
        self.body.addLayout(foot)
        self.kind.editor.currentIndexChanged.connect(self._show_what_is_asked)
        self.show_template(None)

    @property
    def template_id(self) -> str:
        return self._shown.id if self._shown else ""

    def show_template(self, each: MeetingTemplate | None) -> None:
        self._shown = each
        self.setEnabled(each is not None)
        shown = each or MeetingTemplate(id="none", kind=TemplateKind.AGENDA, title="")
        self.kind.editor.setCurrentIndex(self.kind.editor.findData(shown.kind))
        for field, text in zip(self._texts, self._words(shown), strict=True):
            field.set_value(text)
        self.planned.set_value(shown.planned)
        self.days.editor.setText("" if shown.days is None else str(shown.days))
        self.days.clear_error()
        self.standing.setChecked(shown.standing)
        self._show_what_is_asked()

    def take_as_saved(self, each: MeetingTemplate) -> None:
        """What is typed is ``each``, and kept."""
        self._shown = each

    def unsaved(self) -> MeetingTemplate | None:
        """What is typed, if it is not what is kept and can be kept; nothing is told.

        A number in a text is no reason to lose the rest: the fields' values have it masked.
        """
        if self._shown is None or self._plan_refused or not self.title_field.value():
            return None
        days = _number(self.days.editor)
        if days is None and self.days.editor.text().strip():
            return None
        typed = self._made(self._shown.id, days)
        return typed if typed != self._shown else None

    @property
    def _texts(self) -> tuple[CleanField, ...]:
        return self.title_field, self.text_field, self.lead_unit, self.helping, self.person, self.standard

    @staticmethod
    def _words(each: MeetingTemplate) -> tuple[str, ...]:
        return each.title, each.text, each.lead_unit, each.helping_units, each.person, each.standard

    def _show_what_is_asked(self) -> None:
        of_decision = TemplateKind(self.kind.editor.currentData()) is TemplateKind.DECISION
        for field in (self.lead_unit, self.helping, self.person, self.days, self.standard):
            field.setVisible(of_decision)
        self.planned.setVisible(self._of_agenda)

    @property
    def _of_agenda(self) -> bool:
        return TemplateKind(self.kind.editor.currentData()) is TemplateKind.AGENDA

    @property
    def _refused(self) -> bool:
        """Whether something that is asked for is typed wrongly."""
        return any(field.error for field in self._texts) or self._plan_refused

    @property
    def _plan_refused(self) -> bool:
        return self._of_agenda and bool(self.planned.error)

    def _typed(self) -> MeetingTemplate | None:
        """What is typed; None where something is wrong, which is told at its field."""
        if self._shown is None or self._refused:
            return None
        if not self.title_field.value():
            self.title_field.show_error("请写一个名称。")
            self.title_field.setFocus()
            return None
        days = _number(self.days.editor)
        if days is None and self.days.editor.text().strip():
            self.days.show_error(f"请填 0 到 {_MOST_DAYS} 的天数。")
            return None
        return self._made(self._shown.id, days)

    def _made(self, template_id: str, days: int | None) -> MeetingTemplate:
        title, text, lead_unit, helping, person, standard = (field.value() for field in self._texts)
        return MeetingTemplate(
            id=template_id,
            kind=TemplateKind(self.kind.editor.currentData()),
            title=title,
            text=text,
            standing=self.standing.isChecked(),
            planned=self.planned.value() if self._of_agenda else None,
            lead_unit=lead_unit,
            helping_units=helping,
            person=person,
            days=days,
            standard=standard,
        )

    def _save(self) -> None:
        if (typed := self._typed()) is not None:
            self.saved.emit(typed)

    def _put(self) -> None:
        if (typed := self._typed()) is not None:
            self.wanted.emit(typed)


def _number(editor: QLineEdit) -> int | None:
    text = editor.text().strip()
    return int(text) if text.isdecimal() and int(text) <= _MOST_DAYS else None
