"""文书: every paper of the desk in one list, the chosen one beside it as it will be printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QSplitter, QVBoxLayout, QWidget

from jindu_desk.domain.changes import Subject
from jindu_desk.operations.saving import save_file
from jindu_desk.queries.settings import settings
from jindu_desk.reports.papers import PaperKind, kinds_for
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.paper_handing import PaperHanding, with_ending
from jindu_desk.ui.papers.actions import page_actions
from jindu_desk.ui.papers.columns import columns, purpose_of
from jindu_desk.ui.papers.handing import FOLDER, MonthPapers
from jindu_desk.ui.papers.occasion import occasion_now
from jindu_desk.ui.papers.paper_side import PaperSide
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.theme.measures import BETWEEN, GROUP

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.ui.frame.screen import Shell

_INSIDE, _CHOSEN = "papers.inside", "papers.chosen"
_LIST, _GROUPS_FROM = 21, 18  # characters
_SHARE = 0.3  # of the page, that the list takes at most until somebody moves its edge


class PapersPage(PageScaffold):
    """See `frame/screen.py` for the contract. While a text is edited, the list waits."""

    subjects = frozenset(subject.value for subject in Subject)

    def __init__(self, shell: Shell) -> None:
        super().__init__("文书")
        self._shell = shell
        self.kinds = kinds_for(shell.desk.unit.unit.tier)
        self._edited: frozenset[str] = frozenset()  # the papers of the month that the unit worded itself
        self.model = RowsModel(columns(lambda kind: kind.key in self._edited))
        self.list = rows_view(self.model, name="文书", sortable=False)
        self.purpose = QLabel(wordWrap=True)
        self.purpose.setProperty("role", "muted")
        self.inside = QCheckBox("含内部留存的文书")
        self.inside.setChecked(shell.layout(_INSIDE) != "no")
        self.inside.setToolTip("有准确数字或人员姓名的，不外传")
        self.handing = PaperHanding(shell, self, folder_key=FOLDER, what="文书")
        self.side = PaperSide(shell, self.handing)
        self.month_papers = MonthPapers(shell, self, self.inside.isChecked)
        self.ask_target = self._ask_target
        self._build()
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._choose())
        self.inside.toggled.connect(self._filter)
        self.side.turned.connect(self._side_turned)
        self.side.editor.closed.connect(self.refresh)
        self.set_actions(page_actions(self, self.month_papers, shell.desk.why_read_only))

    def show_month(self, month: Month) -> None:
        self.set_title(f"文书　{month.year}年{month.number}月")
        self.refresh()

    def refresh(self) -> None:
        """The same paper of the chosen month, as it is now; a text that is being edited stays."""
        if self.side.is_editing:
            return
        self._ask_for_edited()
        wanted = self._shell.layout(_CHOSEN) if self.kind is None else self.kind.key
        kinds = [kind for kind in self.kinds if self.inside.isChecked() or not kind.inside]
        self.model.show_rows(kinds)
        if not select_same(self.list, self.model, lambda kind: kind.key, wanted):
            select_same(self.list, self.model, lambda kind: kind.key, kinds[0].key)

    def open_at(self, *, paper: str = "") -> None:
        """Show a paper by its key; one that stays in the office also where those are hidden."""
        if not self.may_leave():
            return
        if not select_same(self.list, self.model, lambda kind: kind.key, paper):
            self._shell.keep_layout(_CHOSEN, paper)
            self.inside.setChecked(True)
            select_same(self.list, self.model, lambda kind: kind.key, paper)

    def may_leave(self) -> bool:
        """A text that is being edited is kept; where it may not be, it is asked whether to give it up."""
        if self.side.is_editing:
            self.side.editor.leave()
        return not self.side.is_editing

    @property
    def kind(self) -> PaperKind | None:
        """The paper that is chosen."""
        chosen = self.list.selectionModel().selectedRows()
        return self.model.row(chosen[0]) if chosen else None

    def export(self) -> None:
        """The table as .xlsx, where the user wants it."""
        kind, shell = self.kind, self._shell
        if kind is None:
            return
        occasion = occasion_now(shell)
        if name := self.ask_target(kind.file_name(shell.desk.unit.unit.name, shell.month, "xlsx")):
            target = with_ending(name, ".xlsx")
            shell.keep_layout(FOLDER, str(target.parent))
            shell.tasks.run(
                lambda: save_file(target, kind.workbook(occasion())),
                lambda _none: shell.notice(f"已导出到“{target}”", "done"),
                title="导出表格",
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Resize:
            return super().eventFilter(watched, event)
        if watched is self._splitter and not self._moved:
            width = self._splitter.width()
            wide = min(self.fontMetrics().horizontalAdvance("汉") * _LIST, round(width * _SHARE))
            self._splitter.setSizes([wide, width - wide])
        elif watched is self.list:
            # Where the list is narrow, the names of the papers matter more than the groups.
            enough = self.fontMetrics().horizontalAdvance("汉") * _GROUPS_FROM
            self.list.setColumnHidden(0, self.list.width() < enough)
            QTimer.singleShot(0, self.list, lambda: self.list.scrollTo(self.list.currentIndex()))
        return super().eventFilter(watched, event)

    def _choose(self) -> None:
        if (kind := self.kind) is not None:
            self.purpose.setText(purpose_of(kind, kind.key in self._edited))
            self._shell.keep_layout(_CHOSEN, kind.key)
            self.side.choose(kind)
        self.update_actions()

    def _ask_for_edited(self) -> None:
        store, month = self._shell.desk.store, self._shell.month
        editable = [kind for kind in self.kinds if kind.editable]

        def read() -> frozenset[str]:
            found = settings(store)
            return frozenset(kind.key for kind in editable if found.get(kind.text_key(month), "").strip())

        def show(edited: frozenset[str]) -> None:
            if month == self._shell.month:
                self._edited = edited
                self.list.viewport().update()
                if (kind := self.kind) is not None:
                    self.purpose.setText(purpose_of(kind, kind.key in edited))

        if editable:
            self._shell.tasks.run(read, show)

    def _side_turned(self) -> None:
        for widget in (self.list, self.inside):
            widget.setEnabled(not self.side.is_editing)
        self.update_actions()

    def _edge_moved(self) -> None:
        self._moved = True

    def _filter(self, wanted: bool) -> None:
        self._shell.keep_layout(_INSIDE, "yes" if wanted else "no")
        self.refresh()

    def _ask_target(self, name: str) -> str:
        folder = self._shell.layout(FOLDER) or str(Path.home())
        target, _ = QFileDialog.getSaveFileName(self, "导出表格", str(Path(folder) / name), "Excel 工作簿 (*.xlsx)")
        return target

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.list, 1)
        column.addWidget(self.purpose)
        column.addWidget(self.inside)
        self._moved = False
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(BETWEEN)
        splitter.addWidget(left)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(1, 1)
        splitter.splitterMoved.connect(self._edge_moved)
        for watched in (splitter, self.list):
            watched.installEventFilter(self)
        self.body.addWidget(splitter, 1)
