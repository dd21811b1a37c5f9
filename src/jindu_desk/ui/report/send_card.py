"""Where the package goes, who can read it, and the one button that writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QSize, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.queries.readiness import Readiness
from jindu_desk.ui.cards import Card
from jindu_desk.ui.fields import Field
from jindu_desk.ui.page_action import Action, apply_condition, button_for
from jindu_desk.ui.report.drives import Place
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP, row_height

_OTHER = "其他文件夹…"


class SendCard(Card):
    """``send(folder)`` is called with the chosen folder; ``condition`` says whether it can be now."""

    def __init__(
        self,
        send: Callable[[Path], None],
        condition: Callable[[], bool | str],
        last: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("签名并写出", icon="send", parent=parent)
        self._last = last
        self._send = send
        self.place = QComboBox()
        self.place.setMinimumHeight(row_height(self.place))
        self.place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.place.setMinimumContentsLength(12)
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.place.activated.connect(self._chosen)
        self._what = QLabel()
        self._what.setWordWrap(True)
        self._what.setProperty("role", "muted")
        warning = QHBoxLayout()
        warning.setSpacing(GROUP)
        words = QLabel("数据包没有加密：拿到文件的人都能读。请用专用U盘，当面交接。")
        words.setWordWrap(True)
        words.setProperty("role", "due")
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        warning.addWidget(IconSign("triangle-alert", "due"))
        warning.addWidget(words, 1)
        self._action = Action("签名并写出数据包", self._pressed, "usb", "Ctrl+Return", condition, role="primary")
        self.button = button_for(self._action)
        self.button.setMinimumSize(QSize(0, row_height(self.place)))
        row = QHBoxLayout()
        row.setSpacing(GROUP)
        row.addWidget(Field("写到哪里", self.place), 1)
        row.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self._what)
        self.body.addLayout(row)
        self.body.addLayout(warning)
        self.offer_places(())

    def show_readiness(self, ready: Readiness) -> None:
        revision = f"，更正第 {ready.revision} 版" if ready.revision > 1 else ""
        receiver = ready.receiver.name if ready.receiver else "上级"
        self._what.setText(f"将写出第 {ready.next_number} 号数据包{revision}，上报给{receiver}。写出后本月锁定。")
        apply_condition(self.button, self._action)

    def offer_places(self, found: Sequence[Place]) -> None:
        """Offer these, removable ones first as they come; keep what was chosen."""
        chosen = self.folder
        self.place.clear()
        for place in found:
            self.place.addItem(place.label, str(place.path))
        self.place.addItem(_OTHER, None)
        if chosen is not None:
            self.choose(chosen)

    def choose(self, folder: Path) -> None:
        """Choose a folder, also one that was not offered."""
        index = self.place.findData(str(folder))
        if index < 0:
            self.place.insertItem(0, QDir.toNativeSeparators(str(folder)), str(folder))
            index = 0
        self.place.setCurrentIndex(index)

    @property
    def folder(self) -> Path | None:
        data = self.place.currentData()
        return Path(data) if data else None

    def _chosen(self, index: int) -> None:
        if self.place.itemData(index) is None:
            self._look_for_one()

    def _look_for_one(self) -> bool:
        found = QFileDialog.getExistingDirectory(self, "数据包写到哪个文件夹", self._last())
        if not found:
            self.place.setCurrentIndex(0)
            return False
        self.choose(Path(found))
        return True

    def _pressed(self) -> None:
        if self.folder is None and not self._look_for_one():
            return
        if self.folder is not None:
            self._send(self.folder)
