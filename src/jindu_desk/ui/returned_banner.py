"""Says on a page that the month came back from the superior: why, and what was remarked here and elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.domain.answers import RemarkPlace
from jindu_desk.reports.exchange.wording import period_text, remark_place_label
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP, scaled_font

if TYPE_CHECKING:
    from jindu_desk.queries.exchange.details import RemarkRow

_PAGES = {
    RemarkPlace.CELL: "tallies",
    RemarkPlace.VILLAGE: "tallies",
    RemarkPlace.MEETING: "meetings",
    RemarkPlace.DECISION: "meetings",
    RemarkPlace.EXPENSE: "expenses",
}
_NAMES = {"tallies": "台账", "meetings": "会议", "expenses": "经费"}
_LISTED = 4


def remarks_of(remarks: Sequence[RemarkRow], page: str) -> tuple[RemarkRow, ...]:
    """Those that are about something on this page."""
    return tuple(remark for remark in remarks if _PAGES.get(remark.place) == page)


def remark_sentence(remark: RemarkRow) -> str:
    """Where and why: 测试村 期末在册：漏填两人."""
    where = remark.where.rstrip("。；，") or remark_place_label(remark.place.value)
    return f"{where}：{remark.reason}"


def go_to(shell: Shell, remark: RemarkRow) -> None:
    """Lead to what a remark is about."""
    match remark.place:
        case RemarkPlace.CELL | RemarkPlace.VILLAGE:
            shell.go("tallies", village=remark.unit_id, item=remark.item)
        case RemarkPlace.MEETING:
            shell.go("meetings")
        case RemarkPlace.DECISION:
            shell.go("meetings", decision=remark.record)
        case RemarkPlace.EXPENSE:
            shell.go("expenses", entry=remark.record)
        case RemarkPlace.REPORT:
            shell.go("report", part="superior")


class ReturnedBanner(QFrame):
    """``page``: the key of the page it stands on. ``lists``: name every remark about this page with a link; a page that
    lists them itself does not need it, and says with `say_where` where they are."""

    def __init__(self, shell: Shell, page: str, *, lists: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._page, self._lists, self._hint, self._why = shell, page, lists, "", ""
        self.setProperty("role", "card")
        self.setAccessibleName("退回意见")
        self.remarks: tuple[RemarkRow, ...] = ()
        self.said = _Sentence()
        self.said.setFont(scaled_font(1.0, bold=True))
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._elsewhere = QHBoxLayout()
        self._elsewhere.setSpacing(GROUP)
        top = QHBoxLayout()
        top.setSpacing(GROUP)
        top.addWidget(IconSign("undo-2", "wrong"))
        top.addWidget(self.said, 1)
        top.addLayout(self._elsewhere)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(GROUP, GROUP // 2, GROUP, GROUP // 2)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    def show_remarks(self, remarks: Sequence[RemarkRow]) -> None:
        """All of the month's, the whole report's first; nothing where it did not come back."""
        if tuple(remarks) == self.remarks:
            return
        self.remarks = tuple(remarks)
        here = remarks_of(remarks, self._page)
        whole = next((remark for remark in remarks if remark.place is RemarkPlace.REPORT), None)
        _clear(self._elsewhere)
        _clear(self._rows)
        self.setVisible(whole is not None and (bool(here) or self._page == "tallies"))
        if whole is None:
            return
        superior = self._shell.desk.unit.superior
        by = superior.name if superior else "上级"
        self._why = f"{period_text(whole.period)}第 {whole.number} 号上报被{by}退回：{whole.reason}"
        self._say()
        for key, name in _NAMES.items():
            count = len(remarks_of(remarks, key))
            if key != self._page and count:
                first = remarks_of(remarks, key)[0]
                action = Action(f"{name} {count} 处", partial(go_to, self._shell, first), "arrow-right", role="link")
                button = button_for(action)
                button.setAccessibleName(f"去看{name}的 {count} 处退回意见")
                self._elsewhere.addWidget(button)
        if self._lists:
            self._list(here)

    def say_where(self, hint: str) -> None:
        """Where the page itself lists them; ``{count}`` is their number."""
        if hint != self._hint:
            self._hint = hint
            self._say()

    def _say(self) -> None:
        count = len(remarks_of(self.remarks, self._page))
        self.said.say(self._why + (self._hint.format(count=count) if count else ""))

    @property
    def links(self) -> tuple[str, ...]:
        """The remarks that are named with a link."""
        found = (self._rows.itemAt(n) for n in range(self._rows.count()))
        widgets = (item.widget() for item in found if item is not None)
        return tuple(widget.accessibleName() for widget in widgets if widget is not None)

    def _list(self, here: Sequence[RemarkRow]) -> None:
        for remark in here[:_LISTED]:
            self._rows.addWidget(self._link(remark), alignment=Qt.AlignmentFlag.AlignLeft)
        if len(here) > _LISTED:
            more = QLabel(f"还有 {len(here) - _LISTED} 处，见“上报”页的最近一份回执。")
            more.setProperty("role", "muted")
            more.setAccessibleName(more.text())
            more.setToolTip("\n".join(map(remark_sentence, here[_LISTED:])))
            self._rows.addWidget(more)

    def _link(self, remark: RemarkRow) -> QWidget:
        said = remark_sentence(remark)
        go: Callable[[], None] = partial(go_to, self._shell, remark)
        short = said if len(said) <= 60 else f"{said[:59]}…"
        button = button_for(Action(short, go, "arrow-right", tip=said, role="link"))
        button.setAccessibleName(said)
        return button


class _Sentence(QLabel):
    """Wraps, and takes the height for it by itself: a label that asks the page for it makes the whole page scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        self.setText(text)
        self._fit()

    def hasHeightForWidth(self) -> bool:
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(self.heightForWidth(self.width()), self.fontMetrics().height()))


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
