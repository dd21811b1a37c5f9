"""Where the package goes, who can read it, and the one button that writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from jindu_desk.queries.readiness import Readiness
from jindu_desk.reports.exchange.wording import NOTHING_NEW
from jindu_desk.ui.cards import Card
from jindu_desk.ui.drives import Place
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.page_action import Action, apply_condition, button_for
from jindu_desk.ui.place_choice import PlaceChoice
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP, row_height

_ROOM_BESIDE = 44  # characters


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
        self._send = send
        self.place = PlaceChoice(last)
        self._what = QLabel()
        self._what.setWordWrap(True)
        self._what.setProperty("role", "muted")
        readers = QHBoxLayout()
        readers.setSpacing(GROUP)
        self._readers = QLabel()
        self._readers.setWordWrap(True)
        self._readers.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sign = IconSign("triangle-alert", "due")
        readers.addWidget(self._sign)
        readers.addWidget(self._readers, 1)
        self._action = Action("签名并写出数据包", self._pressed, "usb", "Ctrl+Return", condition, role="primary")
        self.button = button_for(self._action)
        self.button.setMinimumSize(QSize(0, row_height(self.place)))
        self._same = QLabel(f"▲ {NOTHING_NEW}")
        self._same.setProperty("role", "due")
        self._same.setWordWrap(True)
        self._same.hide()
        self.reason = Field(
            "缺报理由",
            line_edit(limit=300, placeholder="例如：某镇停电，下月补报"),
            required=True,
        )
        self.reason.editor.textChanged.connect(lambda _text: apply_condition(self.button, self._action))
        self.reason.hide()
        self._asked = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._asked.setSpacing(GROUP)
        self._asked.addWidget(self.reason, 1)
        self._asked.addWidget(Field("写到哪里", self.place), 1)
        row = QHBoxLayout()
        row.setSpacing(GROUP)
        row.addLayout(self._asked, 1)
        row.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self._what)
        self.body.addWidget(self._same)
        self.body.addLayout(row)
        self.body.addLayout(readers)

    def show_readiness(self, ready: Readiness, *, encrypted: bool, nothing_new: bool = False) -> None:
        """``encrypted``: the receiver's recipient is known. ``nothing_new``: the month says what its last package
        does."""
        self._same.setVisible(nothing_new)
        revision = f"，更正第 {ready.revision} 版" if ready.revision > 1 else ""
        receiver = ready.receiver.name if ready.receiver else "上级"
        asked = bool(ready.missing) and ready.revision == 1  # a correction has its own reason already
        self.reason.setVisible(asked)
        why = "缺报理由写在数据包里，上级能看到。" if asked else ""
        self._what.setText(f"将写出第 {ready.next_number} 号数据包{revision}，上报给{receiver}。写出后本月锁定。{why}")
        self._readers.setText(
            f"数据包会加密：只有{receiver}能打开。"
            if encrypted
            else "数据包没有加密：拿到文件的人都能读。请用专用U盘，当面交接。读入上级的指令后自动加密。"
        )
        self._readers.setProperty("role", "done" if encrypted else "due")
        self._readers.style().polish(self._readers)
        self._sign.show_sign("lock" if encrypted else "triangle-alert", "done" if encrypted else "due")
        apply_condition(self.button, self._action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, so that the button stands above the fold."""
        super().resizeEvent(event)
        wide = self.width() >= self.fontMetrics().horizontalAdvance("汉") * _ROOM_BESIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._asked.direction() != direction:
            self._asked.setDirection(direction)

    @property
    def says_nothing_new(self) -> bool:
        return self._same.isVisibleTo(self)

    @property
    def lacks_reason(self) -> bool:
        """A reason is asked for, and none is typed."""
        return self.reason.isVisibleTo(self) and not self.reason.text().strip()

    @property
    def given_reason(self) -> str:
        return self.reason.text().strip() if self.reason.isVisibleTo(self) else ""

    @property
    def readers(self) -> str:
        """Who can read the package."""
        return self._readers.text()

    def offer_places(self, found: Sequence[Place]) -> None:
        self.place.offer_places(found)

    def choose(self, folder: Path) -> None:
        self.place.choose(folder)

    def _pressed(self) -> None:
        if folder := self.place.folder_or_ask():
            self._send(folder)
