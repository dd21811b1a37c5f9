"""A package that was written: its number, when, whose key, where it lies; and why the month is locked."""

from __future__ import annotations

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.queries.exchange.superior import SentPackage
from jindu_desk.queries.readiness import LockRow
from jindu_desk.ui.cards import Card
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import BETWEEN, FIGURE, GROUP, scaled_font

_REMOVABLE = "可以拔出U盘"
_LOCKED = "本月已经上报，例会、台账和经费都已锁定。如需更正，请重新打开并写明理由，更正后再次上报。"
_LOCKED_ABOVE = (
    "本月已经上报并锁定，各镇（街道）这个月再来的数据包只保存、不计入。"
    "如需更正，请重新打开并写明理由，再读入一次，更正后再次上报。"
)


class PackageCard(Card):
    """The newest package of the month."""

    def __init__(self, reopen: Action, show_folder: Action, parent: QWidget | None = None) -> None:
        super().__init__("数据包", icon="package-check", parent=parent)
        self._state = StateChip()
        self.head.addWidget(self._state)
        self._number = QLabel()
        self._number.setFont(scaled_font(FIGURE, bold=True, tabular=True))
        self._said = QLabel()
        self._said.setProperty("role", "muted")
        self._written = QLabel()
        self._written.setFont(scaled_font(1.35, bold=True))
        self._written.setProperty("role", "done")
        self._written_sign = IconSign("usb", "done", 24)
        top = QHBoxLayout()
        top.setSpacing(BETWEEN)
        top.addWidget(self._number)
        top.addWidget(self._said, 1)
        top.addWidget(self._written_sign)
        top.addWidget(self._written)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(BETWEEN)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._values = {
            name: self._fact(row, name) for row, name in enumerate(("时间", "文件", "写到", "密钥指纹", "校验值"))
        }
        self._why = QLabel()
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        self.reopen = button_for(reopen)
        buttons.addWidget(button_for(show_folder))
        buttons.addWidget(self.reopen)
        buttons.addStretch(1)
        self.body.addLayout(top)
        self.body.addLayout(self._facts)
        self.body.addWidget(self._why)
        self.body.addLayout(buttons)

    def show_package(
        self, row: SentPackage, lock: LockRow | None, *, just_written: bool, on_stick: bool, of_district: bool = False
    ) -> None:
        """``just_written``: in this run; ``on_stick``: to a stick, which may still be in."""
        self._number.setText(f"第 {row.number} 号")
        revision = f" · 更正第 {row.revision} 版" if row.revision > 1 else ""
        self._said.setText(f"{row.period}{revision}")
        self._written.setText(_REMOVABLE if on_stick else "已写好并核对")
        self._written_sign.show_sign("usb" if on_stick else "package-check", "done")
        self._written.setVisible(just_written)
        self._written_sign.setVisible(just_written)
        self._values["时间"].setText(row.sent_at.strftime("%Y-%m-%d %H:%M"))
        self._values["文件"].setText(row.file_name)
        self._values["写到"].setText(QDir.toNativeSeparators(row.written_to))
        self._values["密钥指纹"].setText(row.fingerprint)
        self._values["校验值"].setText(f"sha256 {row.file_sha256[:16]}…")
        self._values["校验值"].setToolTip(row.file_sha256)
        closed = lock is not None and lock.closed
        came_back = not closed and row.state is ReceiptState.RETURNED
        if came_back:
            self._state.show_state("被退回", "wrong", sign="undo-2")
        else:
            self._state.show_state(
                "已锁定" if closed else "已重新打开",
                "plain" if closed else "due",
                sign="lock" if closed else "lock-open",
            )
        if closed:
            self._why.setText(_LOCKED_ABOVE if of_district else _LOCKED)
        elif came_back:
            self._why.setText(f"{row.receiver_name}退回了这一份，理由：{row.state_reason}。改正后请再次上报。")
        elif lock is not None:
            self._why.setText(f"{lock.reopened_by}已重新打开本月，理由：{lock.reason}。更正后请再次上报。")
        self.reopen.setVisible(closed)

    @property
    def says_written(self) -> bool:
        return self._written.isVisibleTo(self)

    @property
    def says_removable(self) -> bool:
        return self.says_written and self._written.text() == _REMOVABLE

    @property
    def number(self) -> str:
        return self._number.text()

    @property
    def why(self) -> str:
        return self._why.text()

    def _fact(self, row: int, name: str) -> QLabel:
        title = QLabel(name)
        title.setProperty("role", "muted")
        value = QLabel()
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        value.setWordWrap(name in ("写到", "文件"))
        self._facts.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._facts.addWidget(value, row, 1)
        return value
