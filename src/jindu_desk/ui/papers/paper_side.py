"""The chosen paper: as it will be printed, or what is missing for it, or its text while that is edited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from jindu_desk.domain.units import Tier
from jindu_desk.errors import DeskError
from jindu_desk.reports.edited_text import EditedText, edited_text
from jindu_desk.reports.papers import Group
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.paper import Paper, finished
from jindu_desk.ui.paper_preview import PaperPreview
from jindu_desk.ui.papers.occasion import occasion_now
from jindu_desk.ui.papers.text_changes import StaleLine
from jindu_desk.ui.papers.text_editor import TextEditor

if TYPE_CHECKING:
    from jindu_desk.reports.papers import PaperKind
    from jindu_desk.ui.frame.screen import Shell
    from jindu_desk.ui.paper_handing import PaperHanding

_PAGES = {Group.MEETING: ("meetings", "会议"), Group.TALLY: ("tallies", "台账"), Group.MONEY: ("expenses", "经费")}
_SETTLED = 120  # ms: whoever goes down the list with the arrow keys waits for no paper on the way


class PaperSide(QStackedWidget):
    """``turned()`` when something else stands there: the paper, a sentence, the text."""

    turned = Signal()

    def __init__(self, shell: Shell, handing: PaperHanding) -> None:
        super().__init__()
        self._shell = shell
        self._kind: PaperKind | None = None
        self._asked = 0  # the newest wish wins
        self.preview = PaperPreview(
            shell.tasks,
            handing.print_paper,
            handing.save_paper,
            saving_in_word=handing.save_in_word,
            name="文书预览",
            beside=True,
        )
        self.editor = TextEditor(shell)
        self.stale = StaleLine(self.edit, shell.desk.why_read_only)
        self._printed = QWidget()
        column = QVBoxLayout(self._printed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stale)
        column.addWidget(self.preview, 1)
        self.addWidget(self._printed)
        self.addWidget(self.editor)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._make)
        self.editor.opened.connect(lambda: self._turn_to(self.editor))
        self.editor.closed.connect(lambda: self._turn_to(self._printed))

    @property
    def sentence(self) -> str:
        """Why the chosen paper cannot be printed; empty where it is shown."""
        shown = self.currentWidget()
        return shown.sentence.text() if isinstance(shown, EmptyState) else ""

    @property
    def is_editing(self) -> bool:
        return self.currentWidget() is self.editor

    def choose(self, kind: PaperKind) -> None:
        """Make the paper of the chosen month as it is now, once the choice has settled."""
        self._kind = kind
        self._asked += 1
        self._settled.start()

    def edit(self) -> None:
        """Word the chosen paper otherwise."""
        if self._kind is not None:
            self.editor.edit(self._kind)

    def _make(self) -> None:
        kind, asked, shell = self._kind, self._asked, self._shell
        if kind is None:
            return
        occasion = occasion_now(shell)
        name = kind.file_name(shell.desk.unit.unit.name, shell.month, "pdf")

        def show(paper: Paper) -> None:
            if asked == self._asked and not self.is_editing:
                self._turn_to(self._printed)
                self.preview.show_paper(paper)
                self._ask_whether_stale(kind, asked)

        def refused(error: Exception) -> None:
            if asked == self._asked and not self.is_editing and isinstance(error, DeskError):
                self._turn_to(EmptyState(str(error), self._first_step(kind), icon="file-text"))

        def made() -> Paper:
            now = occasion()
            return finished(kind.printed(now), name, partial(kind.word, now) if kind.as_word else None)

        shell.tasks.run(made, show, refused, title=f"正在排版{kind.name}")

    def _ask_whether_stale(self, kind: PaperKind, asked: int) -> None:
        """After the paper stands there: the program's own text of now may take longer than the paper."""
        self.stale.show_text(None)
        if not kind.editable:
            return
        occasion = occasion_now(self._shell)

        def show(edited: EditedText | None) -> None:
            if asked == self._asked:
                self.stale.show_text(edited)

        self._shell.tasks.run(lambda: edited_text(kind, occasion()), show)

    def _first_step(self, kind: PaperKind) -> Action | None:
        """To the page that a paper of this group is made on, where there is one page."""
        where = _PAGES.get(kind.group)
        if kind.group is Group.TALLY and self._shell.desk.unit.unit.tier is not Tier.TOWNSHIP:
            where = ("receive", "接收")
        return Action(f"打开“{where[1]}”", partial(self._shell.go, where[0])) if where is not None else None

    def _turn_to(self, widget: QWidget) -> None:
        if self.indexOf(widget) < 0:
            self.addWidget(widget)
        self.setCurrentWidget(widget)
        for at in range(self.count()):
            if isinstance(old := self.widget(at), EmptyState) and old is not widget:
                self.removeWidget(old)
                old.deleteLater()
        self.turned.emit()
