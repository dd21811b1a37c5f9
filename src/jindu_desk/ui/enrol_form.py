"""Enrolling a unit's key: the fingerprint is compared group by group before it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import FieldError
from jindu_desk.errors.exchange import (
    FingerprintDiffers,
    KeyAlreadyTrusted,
    KeyIsRevoked,
    KeyTrustedForOther,
    NotAPublicKey,
)
from jindu_desk.queries.units import UnitRow
from jindu_desk.ui.fields import Field, choice, line_edit, text_edit
from jindu_desk.ui.fingerprint import FingerprintView
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.side_panel import PanelForm

_HOW = "请对方当面出示或电话念出指纹（在其“设置”页），逐组输入。全部变绿才可以登记；有一组不同就不要登记。"


_OF_KEY = (NotAPublicKey, KeyAlreadyTrusted, KeyTrustedForOther, KeyIsRevoked)
Pick = Callable[[Callable[[str], object], Callable[[Exception], object]], object]


class EnrolForm(PanelForm):
    """``enrol(unit_id, public_key, keeper, compared)`` is called when the button is pressed. ``pick(take, refuse)``
    lets the user choose a key file and gives its line to ``take``, or the error to ``refuse``."""

    def __init__(
        self,
        units: Sequence[UnitRow],
        enrol: Callable[[str, str, str, str], None],
        *,
        unit_id: str = "",
        public_key: str = "",
        keeper: str = "",
        pick: Pick | None = None,
    ) -> None:
        super().__init__("登记密钥", columns=1)
        self._enrol = enrol
        self._keepers: Mapping[str, str] = {}
        self._proposed = ""
        options: list[tuple[str, object]] = [("请选择", ""), *((unit.name, unit.id) for unit in units)]
        self.unit = self.add("unit_id", "单位", choice(options, chosen=unit_id or None), required=True)
        self.keeper = self.add("keeper", "保管人", line_edit(limit=60), required=True)
        self.key = self.add(
            "public_key",
            "公钥",
            text_edit(lines=2, placeholder="粘贴对方“复制公钥”得到的一行"),
            required=True,
        )
        if pick is not None:
            from_file = Action(
                "从文件读取公钥…", lambda: pick(self.key.editor.setPlainText, self._refused), "folder-open"
            )
            self.form.add_widget(button_for(from_file))
        self._groups = FingerprintView("这把密钥的指纹")
        self._title = QLabel("这把密钥的指纹")
        self._title.setProperty("role", "muted")
        self.form.add_widget(self._title)
        self.form.add_widget(self._groups)
        self.compared = self.add(
            "compared",
            "对方念出的指纹",
            line_edit(limit=80, placeholder="逐组输入，空格可有可无"),
            hint=_HOW,
            required=True,
        )
        self.actions_shown = (
            Action("指纹一致，登记", self._press, "shield-check", role="primary"),
            Action("取消", self.closing.emit),
        )
        self._line = ""
        self.key.editor.textChanged.connect(self._read)
        self.compared.editor.textEdited.connect(self._groups.show_compared)
        self.unit.editor.currentIndexChanged.connect(lambda _index: self._propose_keeper())
        if keeper:
            self.keeper.editor.setText(keeper)
        if public_key:
            self.key.editor.setPlainText(public_key)
        self._show_groups(bool(self._line))

    def take_focus(self) -> None:
        (self.compared if self._line else self.key).editor.setFocus()

    def offer_keepers(self, keepers: Mapping[str, str]) -> None:
        """Unit id → who probably keeps its key."""
        self._keepers = keepers
        self._propose_keeper()

    def show_failure(self, error: Exception) -> None:
        """Beside what is to be put right, in view: the form is longer than a small window."""
        if isinstance(error, FieldError):
            super().show_failure(error)
            return
        if isinstance(error, FingerprintDiffers):
            field: Field[Any] = self.compared
        elif isinstance(error, _OF_KEY):
            field = self.key
        else:
            super().show_failure(error)
            return
        field.show_error(str(error))
        field.editor.setFocus()
        QTimer.singleShot(0, field, lambda: _bring_into_view(field))

    def _propose_keeper(self) -> None:
        """The unit's full-time staff, until somebody typed another name."""
        proposed = self._keepers.get(str(self.unit.editor.currentData()), "")
        if self.keeper.text() == self._proposed and proposed != self._proposed:
            self.keeper.editor.setText(proposed)
            self.keeper.clear_error()
            self._proposed = proposed

    def _refused(self, error: Exception) -> None:
        self.key.show_error(str(error))

    def _read(self) -> None:
        from jindu_desk.queries.exchange.keys import read_key

        text = self.key.text().strip()
        self._line = ""
        if text:
            try:
                offered = read_key(text)
            except DeskError as error:
                self.key.show_error(str(error))
            else:
                self._line = offered.public_key
                self._groups.show_groups(offered.groups)
                self._groups.show_compared(self.compared.text())
                if offered.keeper and self.keeper.text() in ("", self._proposed):
                    self.keeper.editor.setText(offered.keeper)
                if offered.unit_id and (index := self.unit.editor.findData(offered.unit_id)) >= 0:
                    self.unit.editor.setCurrentIndex(index)
        self._show_groups(bool(self._line))

    def _show_groups(self, shown: bool) -> None:
        self._title.setVisible(shown)
        self._groups.setVisible(shown)

    def _press(self) -> None:
        if not self.unit.editor.currentData():
            self.unit.show_error("请选择这把密钥属于哪个单位。")
            self.unit.editor.setFocus()
            return
        self._enrol(str(self.unit.editor.currentData()), self._line, self.keeper.text(), self.compared.text())


def _bring_into_view(field: QWidget) -> None:
    """With the sentence below it, which may need a second line by now."""
    above = field.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(field, 0, 8)
