"""Returning a report: the reason for the whole, and remarks at its places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QWidget

from jindu_desk.operations.exchange.judge import RemarkDraft
from jindu_desk.queries.exchange.places import ReportPlace
from jindu_desk.ui.fields import line_edit, text_edit
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.receive.place_finder import PlaceFinder, words_of
from jindu_desk.ui.receive.texts import heading
from jindu_desk.ui.side_panel import PanelForm
from jindu_desk.ui.theme.measures import row_height

Check = Callable[[str, Callable[[str], object], Callable[[Exception], object]], None]
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """A return as far as it was typed; ``remark`` and ``place`` are of the remark that is not added yet."""

    reason: str
    remarks: tuple[tuple[RemarkDraft, str], ...]
    remark: str
    place: ReportPlace | None

    def __bool__(self) -> bool:
        return bool(self.reason.strip() or self.remarks or self.remark.strip())


class ReturnForm(PanelForm):
    """``give_back(reason, remarks)`` when the button is pressed. ``check(text, good, bad)`` judges one remark's text:
    ``good(text)`` as it will be recorded, or ``bad(error)``."""

    def __init__(
        self, title: str, give_back: Callable[[str, Sequence[RemarkDraft]], object], check: Check, unit: str
    ) -> None:
        super().__init__(title, columns=1)
        self._give_back, self._check, self._unit = give_back, check, unit
        self.received = ""
        self.remarks: list[tuple[RemarkDraft, str]] = []  # with its place in words
        self._checking = False
        self._place: ReportPlace | None = None  # of a draft, until the places are there
        self.reason = self.add(
            "reason",
            "退回理由",
            text_edit(lines=3, placeholder="例如：9月志愿者人数与派出所台账不符，请核对后更正。"),
            hint=f"{unit}会在回执里看到这句话，该月自动打开，改正后再上报。",
            required=True,
        )
        self._head = heading("")
        self.form.add_widget(self._head)
        self.list = QListWidget()
        self.list.setAccessibleName("已添加的意见")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._drop_button = button_for(Action("移除所选意见", self.drop_remark, "trash-2"))
        self.form.add_widget(self.list)
        self._drop_row = _at_left(self._drop_button)
        self.form.add_widget(self._drop_row)
        self.finder = PlaceFinder()
        self.form.add_widget(self.finder)
        self.remark = self.add("remark", "这里哪里不对", line_edit(limit=500, placeholder="例如：漏填上月转入的两人"))
        self.remark.editor.returnPressed.connect(self.add_remark)
        self._add_button = button_for(Action("添加这条意见", self.add_remark, "plus"))
        self.form.add_widget(_at_left(self._add_button))
        self.finder.chosen.connect(lambda _place: self.remark.editor.setFocus())
        self.actions_shown = (
            Action("退回", self._press, "undo-2", role="primary"),
            Action("取消", self.closing.emit),
        )
        self._show_remarks()

    @property
    def add_button(self) -> QPushButton:
        return self._add_button

    def offer(self, places: tuple[ReportPlace, ...]) -> None:
        self.finder.offer(places)
        if self._place is not None:
            self.finder.choose(self._place)
            self._place = None

    def draft(self) -> ReturnDraft:
        """What was typed, to be kept while something else stands in the panel."""
        return ReturnDraft(self.reason.text(), tuple(self.remarks), self.remark.text(), self.finder.place)

    def restore(self, draft: ReturnDraft) -> None:
        self.reason.editor.setPlainText(draft.reason)
        for remark, where in draft.remarks:
            self._list_remark(remark, where)
        self.remark.editor.setText(draft.remark)
        self._place = draft.place
        self._show_remarks()

    def add_remark(self) -> None:
        """Take what is typed into the list; the next one can be typed."""
        self._add_then(None)

    def drop_remark(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self.remarks):
            del self.remarks[at]
            self.list.takeItem(at)
            self._show_remarks()

    def _add_then(self, then: Callable[[], object] | None) -> None:
        place = self.finder.place
        if place is None:
            self.finder.line.show_error("请先从下面的列表里选一个位置。")
            self.finder.line.editor.setFocus()
            return
        if self._checking:
            return
        if not self.remark.text().strip():
            self.remark.show_error("“这里哪里不对”还没有填写。请写清楚；不需要这条意见的，请清空上面的“位置”。")
            self.remark.editor.setFocus()
            return
        self._checking = True

        def good(text: str) -> None:
            self._checking = False
            draft = RemarkDraft(text, place.place, place.unit_id, place.item, place.record)
            self._list_remark(draft, words_of(place))
            self.remark.editor.clear()
            self.remark.clear_error()
            self.finder.clear()
            self._show_remarks()
            self.finder.line.editor.setFocus()
            if then is not None:
                then()

        def bad(error: Exception) -> None:
            self._checking = False
            self.remark.show_error(str(error))
            self.remark.editor.setFocus()

        self._check(self.remark.text(), good, bad)

    def _list_remark(self, draft: RemarkDraft, where: str) -> None:
        self.remarks.append((draft, where))
        self.list.addItem(f"{where}\n{draft.reason}")

    def _show_remarks(self) -> None:
        self.list.setVisible(bool(self.remarks))
        self._drop_row.setVisible(bool(self.remarks))
        self._head.setText(f"具体意见 {len(self.remarks)} 条" if self.remarks else "具体意见（可以不填，可以填几条）")
        self.list.setFixedHeight(min(len(self.remarks), _SHOWN) * 2 * row_height(self.list, compact=True) + 8)

    def _press(self) -> None:
        self.clear_failures()
        if self.remark.text().strip() or self.finder.place is not None:
            self._add_then(self._send)  # typed and not added yet: it is meant
        else:
            self._send()

    def _send(self) -> None:
        self._give_back(self.reason.text(), tuple(draft for draft, _ in self.remarks))


def _at_left(button: QPushButton) -> QWidget:
    """As wide as its words: it belongs to what stands above it."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button)
    row.addStretch(1)
    return box
