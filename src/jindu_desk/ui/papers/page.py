"""文书: every paper of the desk in one list, the chosen one beside it as it will be printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from jindu_desk.domain.changes import Subject
from jindu_desk.errors import DeskError
from jindu_desk.operations.saving import save_file
from jindu_desk.reports.papers import PaperKind, kinds_for
from jindu_desk.ui.empty_state import EmptyState
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.paper import Paper, finished
from jindu_desk.ui.paper_handing import PaperHanding
from jindu_desk.ui.paper_preview import PaperPreview
from jindu_desk.ui.papers.actions import page_actions
from jindu_desk.ui.papers.columns import COLUMNS
from jindu_desk.ui.papers.handing import FOLDER, MonthPapers
from jindu_desk.ui.papers.occasion import occasion_now
from jindu_desk.ui.tables import RowsModel, rows_view, select_same
from jindu_desk.ui.theme.measures import BETWEEN, GROUP

if TYPE_CHECKING:
    from jindu_desk.domain.months import Month
    from jindu_desk.ui.frame.screen import Shell

_INSIDE, _CHOSEN = "papers.inside", "papers.chosen"
_SETTLED = 120  # ms: whoever goes down the list with the arrow keys waits for no paper on the way
_LIST, _GROUPS_FROM = 19, 16  # characters


class PapersPage(PageScaffold):
    """See `frame/screen.py` for the contract."""

    subjects = frozenset(subject.value for subject in Subject)

    def __init__(self, shell: Shell) -> None:
        super().__init__("文书")
        self._shell = shell
        self._asked = 0  # the newest wish wins
        self.model = RowsModel(COLUMNS)
        self.list = rows_view(self.model, name="文书", sortable=False)
        self.purpose = QLabel(wordWrap=True)
        self.purpose.setProperty("role", "muted")
        self.inside = QCheckBox("含内部留存的文书")
        self.inside.setChecked(shell.layout(_INSIDE) != "no")
        self.inside.setToolTip("有准确数字或人员姓名的，不外传")
        handing = PaperHanding(shell, self, folder_key=FOLDER, what="文书")
        self.preview = PaperPreview(shell.tasks, handing.print_paper, handing.save_paper, name="文书预览", beside=True)
        self.month_papers = MonthPapers(shell, self, self.inside.isChecked)
        self.ask_target = self._ask_target
        self._shown = QStackedWidget()
        self._shown.addWidget(self.preview)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._make)
        self._build()
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._choose())
        self.inside.toggled.connect(self._filter)
        self.set_actions(page_actions(self, self.month_papers))

    def show_month(self, month: Month) -> None:
        self.set_title(f"文书　{month.year}年{month.number}月")
        self.refresh()

    def refresh(self) -> None:
        """The same paper of the chosen month, as it is now."""
        wanted = self._shell.layout(_CHOSEN) if self.kind is None else self.kind.key
        tier = self._shell.desk.unit.unit.tier
        kinds = [kind for kind in kinds_for(tier) if self.inside.isChecked() or not kind.inside]
        self.model.show_rows(kinds)
        if not select_same(self.list, self.model, lambda kind: kind.key, wanted):
            select_same(self.list, self.model, lambda kind: kind.key, kinds[0].key)

    def open_at(self, *, paper: str = "") -> None:
        """Show a paper by its key; one that stays in the office also where those are hidden."""
        if not select_same(self.list, self.model, lambda kind: kind.key, paper):
            self._shell.keep_layout(_CHOSEN, paper)
            self.inside.setChecked(True)
            select_same(self.list, self.model, lambda kind: kind.key, paper)

    @property
    def kind(self) -> PaperKind | None:
        """The paper that is chosen."""
        chosen = self.list.selectionModel().selectedRows()
        return self.model.row(chosen[0]) if chosen else None

    @property
    def sentence(self) -> str:
        """Why the chosen paper cannot be printed; empty where it is shown."""
        shown = self._shown.currentWidget()
        return shown.sentence.text() if isinstance(shown, EmptyState) else ""

    def can_export(self) -> bool | str:
        if self.kind is None or not self.kind.as_workbook:
            return "这一件不是表格，没有 .xlsx"
        return self.sentence or True

    def export(self) -> None:
        """The table as .xlsx, where the user wants it."""
        kind, shell = self.kind, self._shell
        if kind is None:
            return
        occasion = occasion_now(shell)
        usual = kind.file_name(shell.desk.unit.unit.name, shell.month, "xlsx")
        if name := self.ask_target(usual):
            target = Path(name).with_suffix(".xlsx")
            shell.keep_layout(FOLDER, str(target.parent))
            shell.tasks.run(
                lambda: save_file(target, kind.workbook(occasion())),
                lambda _none: shell.notice(f"已导出到“{target}”", "done"),
                title="导出表格",
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.Resize:
            self._share_room()
        return super().eventFilter(watched, event)

    def _share_room(self) -> None:
        """Where the list is narrow, the names of the papers matter more than the groups."""
        self.list.setColumnHidden(0, self.list.width() < self.fontMetrics().horizontalAdvance("汉") * _GROUPS_FROM)

    def _choose(self) -> None:
        kind = self.kind
        self.purpose.setText(f"{kind.purpose}。" if kind else "")
        self.update_actions()
        if kind is not None:
            self._shell.keep_layout(_CHOSEN, kind.key)
            self._asked += 1
            self._settled.start()

    def _make(self) -> None:
        kind, asked, shell = self.kind, self._asked, self._shell
        if kind is None:
            return
        occasion = occasion_now(shell)
        name = kind.file_name(shell.desk.unit.unit.name, shell.month, "pdf")

        def show(paper: Paper) -> None:
            if asked == self._asked:
                self._show_paper(paper)

        def refused(error: Exception) -> None:
            if asked == self._asked and isinstance(error, DeskError):
                self._show_sentence(str(error))

        shell.tasks.run(lambda: finished(kind.printed(occasion()), name), show, refused, title=f"正在排版{kind.name}")

    def _show_paper(self, paper: Paper) -> None:
        self._shown.setCurrentWidget(self.preview)
        self._drop_sentence()
        self.preview.show_paper(paper)
        self.update_actions()

    def _show_sentence(self, sentence: str) -> None:
        self._drop_sentence()
        empty = EmptyState(sentence, icon="file-text")
        self._shown.addWidget(empty)
        self._shown.setCurrentWidget(empty)
        self.update_actions()

    def _drop_sentence(self) -> None:
        for at in range(1, self._shown.count()):
            if (old := self._shown.widget(at)) is not None:
                self._shown.removeWidget(old)
                old.deleteLater()

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
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(BETWEEN)
        splitter.addWidget(left)
        splitter.addWidget(self._shown)
        splitter.setStretchFactor(1, 1)
        wide = self.fontMetrics().horizontalAdvance("汉") * _LIST
        splitter.setSizes([wide, 3 * wide])
        self.list.installEventFilter(self)
        self.body.addWidget(splitter, 1)
