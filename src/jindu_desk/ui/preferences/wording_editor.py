"""The papers' wording is edited: its fields on the left, the papers as they become on the right."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from jindu_desk.errors import DeskError
from jindu_desk.operations.paper_wording import change_wording
from jindu_desk.operations.settings import drop_draft, keep_draft
from jindu_desk.reports.paper_wording import FIELDS, wording_of
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.preferences.rows import WORDING_DRAFT
from jindu_desk.ui.preferences.wording_form import WordingForm
from jindu_desk.ui.preferences.wording_preview import WordingPreview
from jindu_desk.ui.theme.measures import BETWEEN

if TYPE_CHECKING:
    from jindu_desk.domain.changes import Changes
    from jindu_desk.ui.preferences.rows import PreferencesView

_KEPT_AFTER = 1500  # milliseconds after the last keystroke
_PAGE_OF = {"agenda": 1, "body": 1, "main_to": 1, "copies_to": 1, "office": 2, "signatures": 2}
_AT_FOOT = frozenset({"body", "main_to", "copies_to"})


class WordingEditor(QWidget):
    """``changed()`` after every change, so that its `actions` are asked again; ``left()`` when the user goes back.

    What is typed and not saved is kept, as of every form.
    """

    def __init__(self, shell: Shell, changed: Callable[[], object], left: Callable[[], object]) -> None:
        super().__init__()
        self._shell, self._changed = shell, changed
        self._view: PreferencesView | None = None
        self._saving = self._has_draft = False
        self._keep = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._keep.timeout.connect(self.keep)
        self.preview = WordingPreview(shell)
        self.form = WordingForm()
        self.form.edited.connect(self._follow)
        self.form.grown.connect(self._keep_in_view)
        self.form.entered.connect(self._show_where)
        self._area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.form)
        area.setMinimumWidth(280)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(BETWEEN)
        sides.addWidget(area, 5)
        sides.addWidget(self.preview, 6)
        self.actions_shown = (
            Action("保存用语", self.save, icon="save", shortcut="Ctrl+S", role="primary", condition=self._may_save),
            Action("放弃改动", self.give_up, icon="rotate-ccw", condition=self._is_dirty),
            Action("返回", left, icon="chevron-left", shortcut="Esc"),
        )

    def show_view(self, view: PreferencesView) -> None:
        """What is being typed stays; else what is kept is shown, or what was left unfinished the last time."""
        if self._view is None or not self._is_dirty():
            unfinished = view.unfinished_wording if self._view is None else {}
            self._has_draft = self._has_draft or bool(unfinished)
            self.form.show_typed(view.own.unit, view.usual, unfinished or view.typed)
        self._view = view
        self._preview()
        self._changed()

    def enter(self) -> None:
        """It is shown now: the keyboard goes to the first field, the papers are drawn."""
        self.form.fields["mark"].setFocus(Qt.FocusReason.OtherFocusReason)
        self._preview()

    @property
    def unsaved(self) -> bool:
        return self._is_dirty()

    def save(self) -> None:
        view = self._view
        if view is None or self._saving or not self._is_dirty():
            return
        if (wrong := self.form.first_wrong()) is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        store, own, typed = self._shell.desk.store, view.own, self.form.typed()
        self._saving = True

        def write() -> Changes:
            changes = change_wording(store, own, {field.name: typed.get(field.name, "") for field in FIELDS})
            drop_draft(store, WORDING_DRAFT)
            return changes

        self._keep.stop()
        self._shell.carry_out(write, said="公文用语已保存", then=self._saved, failed=self._not_saved)

    def give_up(self) -> None:
        """Back to what is kept, asked first."""
        view = self._view
        if view is not None and self._shell.ask("放弃没有保存的用语改动？", "放弃", danger=True):
            self.form.show_typed(view.own.unit, view.usual, view.typed)
            self.keep()
            self._preview()
            self._changed()

    def keep(self) -> None:
        """Keep what is typed, so that neither leaving the page nor a power cut loses it."""
        self._keep.stop()
        store = self._shell.desk.store
        if self._saving or store.why_read_only:
            return
        if self._is_dirty():
            body = json.dumps(self.form.typed(), ensure_ascii=False)
            self._shell.tasks.run(lambda: keep_draft(store, WORDING_DRAFT, body))
        elif self._has_draft:
            self._shell.tasks.run(lambda: drop_draft(store, WORDING_DRAFT))
        self._has_draft = self._is_dirty()

    def _show_where(self, name: str) -> None:
        """The field that has the keyboard, and the page that it stands on."""
        self._area.ensureWidgetVisible(self.form.fields[name], 0, BETWEEN)
        self.preview.bring_into_view(_PAGE_OF.get(name, 0), foot=name in _AT_FOOT)

    def _keep_in_view(self) -> None:
        """The sentence of what is wrong came below the field: it may have come below what is in view."""
        if (wrong := self.form.first_wrong()) is not None and wrong.editor.hasFocus():
            self._area.ensureWidgetVisible(wrong, 0, BETWEEN)

    def _follow(self) -> None:
        self._keep.start()
        self._preview()
        self._changed()

    def _preview(self) -> None:
        if self._view is not None and self.isVisible():
            own = self._view.own
            wording = wording_of(own.unit, own.superior, self.form.typed())
            self.preview.show_wording(own.unit, self._shell.month, wording)

    def _is_dirty(self) -> bool:
        return self._view is not None and (self.form.typed() != self._view.typed or self.form.first_wrong() is not None)

    def _may_save(self) -> bool | str:
        return True if self._is_dirty() else "还没有改动。"

    def _saved(self, _changes: Changes) -> None:
        self._saving = self._has_draft = False
        self._changed()

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, DeskError):
            self._shell.notice(str(error), "error")
