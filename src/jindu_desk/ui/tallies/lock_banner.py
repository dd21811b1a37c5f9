"""Says why a month cannot be changed, and where it can be opened again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.tallies.state import SheetState
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP


class LockBanner(QFrame):
    def __init__(self, go_to_report: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # a line, never two
        self._button = button_for(Action("去“上报”页", go_to_report, icon="lock-open", role="link"))
        row = QHBoxLayout(self)
        row.setContentsMargins(GROUP, 0, 0, 0)
        row.setSpacing(GROUP)
        row.addWidget(IconSign("lock", "plain"))
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.setVisible(False)

    def show_state(self, state: SheetState) -> None:
        number = state.found.locked_by
        if number is not None:
            self._text.setText(
                f"{state.month_text} 已上报（第 {number} 号包），已锁定。要修改，请在“上报”页重新打开并写明理由。"
            )
        else:
            self._text.setText(f"数据现在只能查看：{state.why_read_only}")
        self._text.setToolTip(self._text.text())
        self._button.setVisible(number is not None)
        self.setVisible(state.is_closed)

    @property
    def text(self) -> str:
        return self._text.text()
