"""Changing this desk's key in three steps, and replacing keys that are lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.queries.exchange.standing import Known, OwnKeys
from jindu_desk.ui.chips import SIGN
from jindu_desk.ui.fields import text_edit
from jindu_desk.ui.fingerprint import FingerprintView
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelContent, PanelForm
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP, scaled_font
from jindu_desk.ui.theme.tokens import Kind

_BEGIN = "生成接替的密钥"
_TELL = "写密钥登记包…"
_FINISH = "启用新密钥…"


class KeyChangePanel(PanelContent):
    """``begin()``, ``tell()`` and ``finish()`` are the three steps; the one that is due is the panel's first button."""

    def __init__(
        self,
        keys: OwnKeys,
        begin: Callable[[], object],
        tell: Callable[[], object],
        finish: Callable[[], object],
        condition: Callable[[], bool | str],
    ) -> None:
        super().__init__("更换密钥")
        self._begin, self._tell, self._finish, self._condition = begin, tell, finish, condition
        said = QLabel(
            "密钥还在手上时这样更换：新密钥由现在的密钥签名介绍，上级不用再核对指纹。更换期间照常用现在的密钥上报。"
        )
        said.setWordWrap(True)
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.column.addWidget(said)
        self._body: QWidget | None = None
        self._groups = FingerprintView("接替的密钥的指纹")
        self._title = QLabel("接替的密钥的指纹")
        self._title.setProperty("role", "muted")
        self.column.addWidget(self._title)
        self.column.addWidget(self._groups)
        self.column.addStretch(1)
        self.show_keys(keys)

    def show_keys(self, keys: OwnKeys) -> None:
        """Where the change stands; ask the panel to show `actions_shown` anew."""
        key = keys.to_follow
        known = key.known if key else None
        told = known in (Known.WRITTEN, Known.LISTED)
        steps: tuple[tuple[str, str, Kind], ...] = (
            (_BEGIN, "已生成。" if key else "在这台电脑上生成，私钥不离开它。", "done" if key else "due"),
            (
                _TELL.rstrip("…"),
                "已写出，交上级读入。" if told else "用现在的密钥签名，把新密钥告诉上级。",
                "done" if told else "due" if key else "plain",
            ),
            (
                _FINISH.rstrip("…"),
                "上级已经登记新密钥，可以启用。"
                if known is Known.LISTED
                else "上级读入登记包、发来新的指令之后再启用。",
                "due" if known is Known.LISTED else "plain",
            ),
        )
        self._show_steps(steps)
        self._title.setVisible(key is not None)
        self._groups.setVisible(key is not None)
        self._groups.show_groups(key.groups if key else ())
        close = Action("关闭", self.closing.emit)
        may = self._condition
        if key is None:
            self.actions_shown = (Action(_BEGIN, self._begin, "key-round", condition=may, role="primary"), close)
        elif known is Known.LISTED:
            self.actions_shown = (Action(_FINISH, self._finish, "check", condition=may, role="primary"), close)
        else:
            self.actions_shown = (
                Action(_TELL, self._tell, "usb", condition=may, role="secondary" if told else "primary"),
                Action(_FINISH, self._finish, "check", condition=may),
                close,
            )

    def _show_steps(self, steps: tuple[tuple[str, str, Kind], ...]) -> None:
        if self._body is not None:
            self.column.removeWidget(self._body)
            self._body.deleteLater()
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GROUP)
        grid.setColumnStretch(1, 1)
        for number, (title, sentence, kind) in enumerate(steps):
            heading = QLabel(f"{number + 1}. {title}")
            heading.setFont(scaled_font(1.0, bold=True))
            text = QLabel(sentence)
            text.setWordWrap(True)
            text.setProperty("role", "muted")
            grid.addWidget(IconSign(SIGN[kind], kind), 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(heading, 2 * number, 1)
            grid.addWidget(text, 2 * number + 1, 1)
        self.column.insertWidget(1, self._body)


class LostKeysForm(PanelForm):
    """``replace(reason)`` when the button is pressed."""

    def __init__(self, superior: str, replace: Callable[[str], object]) -> None:
        super().__init__("密钥丢失、换电脑或交接", columns=1)
        self._replace = replace
        for text in (
            "旧密钥在这台电脑上用不了时（换了电脑、忘了口令、前任没有交接）这样办：",
            f"本机原来的密钥全部作废，重新生成；{superior}要重新核对新密钥的指纹，登记以后才能读入本单位的上报。",
            "台账、会议、经费和已写出的包都不受影响；上级发给旧密钥的加密文件，请上级重新递交一次。",
        ):
            said = QLabel(text)
            said.setWordWrap(True)
            self.form.add_widget(said)
        self.reason = self.add(
            "reason", "理由", text_edit(lines=3, placeholder="例如：旧电脑报废；由测试甲移交给测试乙"), required=True
        )
        self.actions_shown = (
            Action("作废并重新生成…", self._press, "key-round", role="danger"),
            Action("取消", self.closing.emit),
        )

    def _press(self) -> None:
        self.clear_failures()
        reason = self.reason.text().strip()
        if not reason:
            self.reason.show_error("请写明理由，上级会看到。")
            self.reason.editor.setFocus()
            return
        self._replace(reason)
