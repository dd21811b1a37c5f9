"""Where the data lie, the program's version, the log."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel

from jindu_desk.ui.cards import Card
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.preferences.rows import PreferencesView
from jindu_desk.ui.theme.measures import GROUP


class FolderCard(Card):
    def __init__(self, shell: Shell) -> None:
        super().__init__("数据与程序", icon="folder-open")
        self._shell = shell
        self._log = Path()
        self.folder = QLabel()
        self.folder.setWordWrap(True)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.version = QLabel()
        self.version.setProperty("role", "muted")
        self.version.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        for action in (
            Action("打开文件夹", lambda: _show(Path(self.folder.text())), icon="external-link"),
            Action("打开日志", lambda: _show(self._log), icon="file-text"),
            Action("换文件夹…", self._change, icon="folder-open"),
        ):
            buttons.addWidget(button_for(action))
        buttons.addStretch(1)
        self._leave_demo = button_for(
            Action("结束示例，开始正式使用", shell.leave_demo, icon="arrow-right", role="primary")
        )
        self.body.addWidget(self.folder)
        self.body.addLayout(buttons)
        self.body.addWidget(self._leave_demo, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.version)
        self.body.addStretch(1)

    def show_view(self, view: PreferencesView) -> None:
        self.folder.setText(str(view.folder))
        self._log = view.log
        self._leave_demo.setVisible(view.demo)
        what = f"禁毒工作台账 {view.version}"
        self.version.setText(f"{what}\n{view.read_only}" if view.read_only else what)

    def _change(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择数据文件夹", self.folder.text())
        if chosen and Path(chosen) != Path(self.folder.text()):
            self._shell.reopen(Path(chosen))


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
