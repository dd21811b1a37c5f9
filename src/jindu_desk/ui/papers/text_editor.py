"""The text of a paper that the program proposes and the unit words as it likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import clean_text
from jindu_desk.errors import DeskError
from jindu_desk.operations.settings import change_setting
from jindu_desk.queries.settings import settings
from jindu_desk.ui.fields import Field
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.papers.occasion import occasion_now
from jindu_desk.ui.theme.measures import GROUP

if TYPE_CHECKING:
    from jindu_desk.reports.papers import PaperKind
    from jindu_desk.ui.frame.screen import Shell

_HINT = "一行一段；“一、”“（一）”“1.”开头的按标题排。保存的文字不再随数字变化，打印前请核对。"


@dataclass(frozen=True, slots=True)
class _Texts:
    """What stands there now, and what the program proposes."""

    kept: str
    proposed: str


class TextEditor(QWidget):
    """In place of the preview while a text is edited. ``opened()`` when it stands there, ``closed()`` when the paper
    is to be seen again."""

    opened = Signal()
    closed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._key, self._texts = "", _Texts("", "")
        editor = QPlainTextEdit(tabChangesFocus=True)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)  # what is left of the page
        self.field = Field("文字", editor, hint=_HINT)
        self.save_button = button_for(Action("保存文字", self.save, icon="save", role="primary"))
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        buttons.addWidget(button_for(Action("返回", self.leave, icon="chevron-left", shortcut="Esc")))
        buttons.addStretch(1)
        buttons.addWidget(button_for(Action("换成系统起草的", self.propose, icon="rotate-ccw")))
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(buttons)
        column.addWidget(self.field, 1)

    def edit(self, kind: PaperKind) -> None:
        """Bring the text of the chosen month up; a month of which there is nothing to say is refused as a notice."""
        occasion, store, key = occasion_now(self._shell), self._shell.desk.store, kind.text_key(self._shell.month)

        def read() -> _Texts:
            proposed = kind.proposed_text(occasion())
            return _Texts(settings(store).get(key) or proposed, proposed)

        def show(texts: _Texts) -> None:
            self._key, self._texts = key, texts
            self.field.editor.setPlainText(texts.kept)
            self.field.editor.document().setModified(False)
            self.opened.emit()
            self.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

        self._shell.tasks.run(read, show, title=f"正在起草{kind.name}")

    def propose(self) -> None:
        """Put the proposal there, as something typed: Ctrl+Z takes it back."""
        cursor = self.field.editor.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(self._texts.proposed)

    def leave(self) -> None:
        """Back to the paper; what was typed is kept first."""
        if self.keep():
            self.closed.emit()

    def save(self) -> None:
        if self.keep(said="文字已保存"):
            self.closed.emit()

    def keep(self, said: str = "") -> bool:
        """Keep what was typed. False where it may not be kept: it stays there, with the reason below it."""
        document = self.field.editor.document()
        if not document.isModified():
            return True
        try:
            text = clean_text(self.field.text(), "文字")
        except DeskError as refusal:
            self.field.show_error(str(refusal))
            return False
        document.setModified(False)
        # A text that says what is proposed anyway follows the figures.
        wanted = "" if text == self._texts.proposed.strip() else text
        store, key = self._shell.desk.store, self._key
        self._shell.carry_out(lambda: change_setting(store, key, wanted), said=said)
        return True
