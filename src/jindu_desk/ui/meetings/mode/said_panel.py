"""What was said on the item that is looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import LONG_TEXT
from jindu_desk.ui.meetings.editors import CleanField, proposing_edit
from jindu_desk.ui.meetings.mode.holding import Holding
from jindu_desk.ui.meetings.mode.large_type import make_larger
from jindu_desk.ui.theme.measures import GROUP


class SaidPanel(QWidget):
    def __init__(self, holding: Holding) -> None:
        super().__init__()
        self._holding = holding
        self._at = -1
        rows = holding.rows
        names = [*(leader.name for leader in rows.people.leaders), *(row.name for row in holding.draft.attendees)]
        self.title = make_larger(QLabel(), "item")
        self.title.setWordWrap(True)
        self.text = QPlainTextEdit(tabChangesFocus=True)
        self.said = CleanField("发言内容", self.text, "said", limit=LONG_TEXT)
        self.speaker = CleanField(
            "汇报（发言）人", proposing_edit(list(dict.fromkeys(name for name in names if name))), "speaker"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.title)
        column.addWidget(self.said, 1)
        column.addWidget(self.speaker)
        self.setFocusProxy(self.text)
        for field in (self.speaker, self.said):
            field.edited.connect(self._typed)
        self.show_item(0)

    def enlarge(self, factor: float) -> None:
        """Its texts grow by themselves."""

    def show_item(self, at: int) -> None:
        """Another item of the agenda; what was typed of the last one is kept already."""
        agenda = self._holding.draft.agenda
        self._at = at if 0 <= at < len(agenda) else -1
        here = self._at >= 0
        self.title.setText(f"{at + 1}. {agenda[at].title}" if here else "还没有议程，按 F9 增加一项。")
        self.speaker.set_value(agenda[at].speaker if here else "")
        self.said.set_value(agenda[at].said if here else "")
        for field in (self.speaker, self.said):
            field.setEnabled(here)

    def _typed(self) -> None:
        if self._at < 0:
            return
        agenda = list(self._holding.draft.agenda)
        typed = {"speaker": self.speaker.value(), "said": self.said.value()}
        agenda[self._at] = agenda[self._at].model_copy(update=typed)
        self._holding.change(agenda=tuple(agenda))
