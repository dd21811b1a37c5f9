"""The page of settings: cards in two columns, and in their place the papers' wording while it is edited."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.ui.frame.screen import Shell
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.preferences.backup_card import BackupCard
from jindu_desk.ui.preferences.folder_card import FolderCard
from jindu_desk.ui.preferences.fonts_card import FontsCard
from jindu_desk.ui.preferences.keeper_card import KeeperCard
from jindu_desk.ui.preferences.key_card import KeyCard
from jindu_desk.ui.preferences.look_card import LookCard
from jindu_desk.ui.preferences.papers_card import PapersCard
from jindu_desk.ui.preferences.rows import PreferencesView, preferences_view
from jindu_desk.ui.preferences.wording_editor import WordingEditor
from jindu_desk.ui.reflowing_grid import ReflowingGrid
from jindu_desk.ui.theme.measures import BETWEEN


class PreferencesPage(PageScaffold):
    """See `frame/screen.py` for the contract."""

    subjects = frozenset({"settings", "exchange"})

    def __init__(self, shell: Shell) -> None:
        super().__init__("设置")
        self._shell = shell
        self.look = LookCard(shell)
        self.folder = FolderCard(shell)
        self.backups = BackupCard(shell)
        self.keeper = KeeperCard(shell)
        self.papers = PapersCard(self.edit_wording)
        self.key = KeyCard(shell)
        self.fonts = FontsCard(shell)
        left = _column(self.look, self.keeper, self.papers, self.fonts)
        right = _column(self.folder, self.key, self.backups)
        self._cards = ReflowingGrid((left, right), columns=2, fewer=1, enough=820, stretch=(2, 3))
        self.wording = WordingEditor(shell, self._wording_changed, self.leave_wording)
        self.wording.setVisible(False)
        self.body.addWidget(self._cards, 1)
        self.body.addWidget(self.wording, 1)

    def show_month(self, month: Month) -> None:
        del month
        self.refresh()

    def refresh(self) -> None:
        desk = self._shell.desk
        self.fonts.refresh()
        self._shell.tasks.run(lambda: preferences_view(desk), self._show)

    def may_leave(self) -> bool:
        self.wording.keep()
        return True

    def edit_wording(self) -> None:
        """The wording in place of the cards: it has the whole page, so that the papers can be seen beside it."""
        self._cards.setVisible(False)
        self.wording.setVisible(True)
        self.set_title("公文格式与用语")
        self.set_actions(self.wording.actions_shown)
        self.wording.enter()

    def leave_wording(self) -> None:
        """Back to the cards; what is typed stays."""
        self.wording.keep()
        self.wording.setVisible(False)
        self._cards.setVisible(True)
        self.set_title("设置")
        self.set_actions(())
        self.papers.edit_button.setFocus()

    def _wording_changed(self) -> None:
        self.papers.show_unsaved(self.wording.unsaved)
        self.update_actions()

    def _show(self, view: PreferencesView) -> None:
        self.folder.show_view(view)
        self.backups.show_view(view)
        self.keeper.show_view(view)
        self.papers.show_view(view)
        self.wording.show_view(view)
        self.key.show_view(view)


def _column(*cards: QWidget) -> QWidget:
    """Cards one below the other, the last one taking what is left."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(BETWEEN)
    for card in cards:
        layout.addWidget(card)
    layout.setStretch(len(cards) - 1, 1)
    return column
