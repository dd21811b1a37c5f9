"""The text of a paper that the program proposes and the unit words as it likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QTextBrowser, QVBoxLayout, QWidget

from jindu_desk.domain.free_text import clean_text
from jindu_desk.errors import DeskError
from jindu_desk.operations.settings import change_settings
from jindu_desk.reports.edited_text import EditedText, edited_text, memory_key, memory_of, stale_sentence
from jindu_desk.ui.fields import Field
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.papers.occasion import occasion_now
from jindu_desk.ui.papers.text_changes import changes_html, due_label
from jindu_desk.ui.theme.measures import GROUP

if TYPE_CHECKING:
    from jindu_desk.reports.papers import PaperKind
    from jindu_desk.ui.frame.screen import Shell

_HINT = "一行一段；“一、”“（一）”“1.”开头的按标题排。保存的文字不再随数字变化，打印前请核对。"
_SAVE, _CHECKED = "保存文字", "保留我的文字（已核对）"


@dataclass(frozen=True, slots=True)
class _Texts:
    """What stands there now, what the program proposes on ``today``, and what it did when the text was edited
    (``edited``, with what differs as ``changes``). ``missing(text)``: what a text lacks."""

    kept: str
    proposed: str
    today: date
    edited: EditedText | None
    changes: str
    missing: Callable[[str], tuple[str, ...]]

    @property
    def stale(self) -> EditedText | None:
        return self.edited if self.edited is not None and self.edited.is_stale else None

    def memory(self, *, compared: bool) -> str:
        """What is kept beside the text. Whoever only types on has not compared it with what changed."""
        if self.stale is not None and self.stale.known_on is not None and not compared:
            return memory_of(self.stale.known, self.stale.known_on)
        return memory_of(self.proposed, self.today)


class TextEditor(QWidget):
    """In place of the preview while a text is edited. ``opened()`` when it stands there, ``closed()`` when the paper
    is to be seen again."""

    opened = Signal()
    closed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._key, self._texts = "", _Texts("", "", date.min, None, "", lambda _text: ())
        editor = QPlainTextEdit(tabChangesFocus=True)
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)  # what is left of the page
        self.field = Field("文字", editor, hint=_HINT)
        editor.textChanged.connect(self._say_missing)
        self.missing, self.stale = due_label(), due_label()
        self.changes = QTextBrowser()
        self.changes.setAccessibleName("原起草和现起草的不同")
        self.changes.setTabChangesFocus(True)
        self.save_button = button_for(Action(_SAVE, self.save, icon="save", role="primary"))
        buttons = QHBoxLayout()
        buttons.setSpacing(GROUP)
        buttons.addWidget(button_for(Action("返回", self.leave, icon="chevron-left", shortcut="Esc")))
        buttons.addStretch(1)
        buttons.addWidget(button_for(Action("换成系统现在起草的", self.propose, icon="rotate-ccw")))
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addLayout(buttons)
        column.addWidget(self.stale)
        column.addWidget(self.changes, 2)
        column.addWidget(self.field, 3)
        column.addWidget(self.missing)

    def edit(self, kind: PaperKind) -> None:
        """Bring the text of the chosen month up; a month of which there is nothing to say is refused as a notice."""
        shell, month = self._shell, self._shell.month
        occasion, key, colour = occasion_now(shell), kind.text_key(month), shell.theme.tokens.due

        def read() -> _Texts:
            now = occasion()
            proposed, edited = kind.proposed_text(now), edited_text(kind, now)
            changes = changes_html(edited, colour) if edited is not None and edited.is_stale else ""
            kept = edited.text if edited is not None else proposed
            return _Texts(kept, proposed, now.today, edited, changes, lambda text: kind.missing_in(text, now.wording))

        def show(texts: _Texts) -> None:
            if month != shell.month:  # the text of a month that was left meanwhile
                return
            self._key, self._texts = key, texts
            self.field.editor.setPlainText(texts.kept)
            self.field.editor.document().setModified(False)
            self._say_stale()
            self._say_missing()
            self.opened.emit()
            self.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

        shell.tasks.run(read, show, title=f"正在起草{kind.name}")

    def propose(self) -> None:
        """Put the proposal there, as something typed: Ctrl+Z takes it back."""
        cursor = self.field.editor.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(self._texts.proposed)

    def leave(self) -> None:
        """Back to the paper; what was typed is kept first. What may not be kept is given up only when that was said."""
        if self.keep() or self._gives_up():
            self.closed.emit()

    def save(self) -> None:
        """Keep it; where what differs stands beside it, it was compared with that."""
        if self.keep(said="文字已保存", compared=True):
            self.closed.emit()

    def keep(self, said: str = "", *, compared: bool = False) -> bool:
        """Keep what was typed. False where it may not be kept: it stays there, with the reason below it."""
        document, texts = self.field.editor.document(), self._texts
        if not document.isModified() and not (compared and texts.stale is not None):
            return True
        try:
            text = clean_text(self.field.text(), "文字")
        except DeskError as refusal:
            self.field.show_error(str(refusal))
            return False
        document.setModified(False)
        # A text that says what is proposed anyway follows the figures.
        wanted = "" if text == texts.proposed.strip() else text
        values = {self._key: wanted, memory_key(self._key): texts.memory(compared=compared) if wanted else ""}
        store = self._shell.desk.store
        self._shell.carry_out(lambda: change_settings(store, values), said=said, failed=self._not_kept)
        return True

    def _not_kept(self, error: Exception) -> None:
        """The folder would not take it: what was typed comes back, with the reason."""
        self.field.editor.document().setModified(True)
        self.opened.emit()
        if isinstance(error, DeskError):
            self.field.show_error(str(error))
            self._shell.notice(str(error), "error")

    def _gives_up(self) -> bool:
        question = f"改动没有保存：{self.field.error}\n\n可以取消，回去改正；也可以放弃，文字回到改动以前的样子。"
        if not self._shell.ask(question, "放弃改动", danger=True):
            return False
        self.field.editor.document().setModified(False)
        return True

    def _say_stale(self) -> None:
        texts, stale = self._texts, self._texts.stale
        self.stale.setText(stale_sentence(stale) if stale is not None else "")
        self.changes.setHtml(texts.changes)
        for widget in (self.stale, self.changes):
            widget.setVisible(stale is not None)
        label = _SAVE if stale is None else _CHECKED
        self.save_button.setText(label)
        self.save_button.setAccessibleName(label)

    def _say_missing(self) -> None:
        lacking = "、".join(self._texts.missing(self.field.text()))
        if lacking:
            lacking = f"还没有：{lacking}。现在保存，印出来也没有；编号、标题、主送各写一行放在最前面，如“标题：……”。"
        self.missing.setText(lacking)
        self.missing.setVisible(bool(lacking))
