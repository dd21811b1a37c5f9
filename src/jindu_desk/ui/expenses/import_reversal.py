"""A whole imported list is taken back: which one, on which day, why; asked once more, then reversed entry by entry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLabel

from jindu_desk.domain.money import yuan_text
from jindu_desk.errors import DeskError
from jindu_desk.errors.expenses import DateAhead
from jindu_desk.ui.expenses.reversing_form import ReversingForm
from jindu_desk.ui.page_action import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jindu_desk.queries.expense_imports import ImportRow
    from jindu_desk.ui.expenses.state import PageState


class ImportReversalForm(ReversingForm):
    """Says plainly what is booked; the newest import stands first."""

    def __init__(self, year: int, rows: Sequence[ImportRow], today: date) -> None:
        super().__init__("冲销整批导入", columns=1)
        self._rows, self._today, self._year = rows, today, year
        self._batch = QComboBox()
        for row in rows:
            self._batch.addItem(f"{row.imported_at:%m-%d %H:%M}　{_name(row)}　{row.standing} 笔")
        self._told = QLabel()
        self._told.setWordWrap(True)
        self.add("import_id", "哪一批", self._batch)
        self.form.add_widget(self._told)
        self.ask_day_and_reason(self._likely(rows[0]), year=year, example="例如：选错了清单")
        self._batch.currentIndexChanged.connect(self._show_chosen)
        self._tell()

    @property
    def row(self) -> ImportRow:
        return self._rows[self._batch.currentIndex()]

    def _likely(self, row: ImportRow) -> date:
        """Today where the book lets it be; not before the last entry of the batch."""
        return min(max(self._today, row.latest), date(self._year, 12, 31))

    def _show_chosen(self) -> None:
        self.on.editor.set_value(self._likely(self.row))
        self._tell()

    def _tell(self) -> None:
        row = self.row
        before = f"其余 {row.booked - row.standing} 笔已冲销过，不再动。" if row.booked > row.standing else ""
        by = f"由{row.imported_by}" if row.imported_by else ""
        self._told.setText(
            f"“{_name(row)}”{row.imported_at:%Y-%m-%d %H:%M} {by}导入 {row.booked} 笔。{before}"
            f"将逐笔登记 {row.standing} 笔红字，共 {yuan_text(-row.standing_fen)} 元。"
            "原记录都保留，两笔互相注明；冲销不能撤回，需要时重新导入。"
        )


class ImportReversing:
    """From the menu to a reversed import."""

    def __init__(self, state: PageState) -> None:
        self._state = state

    def start(self) -> None:
        from jindu_desk.queries.expense_imports import standing_imports

        book, shell = self._state.book, self._state.shell
        if book is None:
            return
        store, unit, year = shell.desk.store, book.unit_id, book.year
        shell.tasks.run(lambda: (year, standing_imports(store, unit, year)), lambda found: self._show(*found))

    def _show(self, year: int, rows: Sequence[ImportRow]) -> None:
        if not rows:
            self._state.shell.notice(f"{year} 年没有可以整批冲销的导入：没有导入过清单，或者都已冲销。")
            return
        form = ImportReversalForm(year, rows, self._state.today)
        form.actions_shown = (
            Action("冲销整批", lambda: self._reverse(form), icon="undo-2", role="danger"),
            Action("取消", form.closing.emit, role="link"),
        )
        self._state.panel.show_content(form)

    def _reverse(self, form: ImportReversalForm) -> None:
        from jindu_desk.operations.expense_batches import reverse_import

        try:
            on, reason = form.values()
        except DeskError as error:
            form.show_failure(error)
            return
        shell, row = self._state.shell, form.row
        question = f"冲销“{_name(row)}”导入的 {row.standing} 笔支出，共 {yuan_text(row.standing_fen)} 元？"
        if not shell.ask(question, f"冲销 {row.standing} 笔", danger=True):
            return

        def reverse(*, confirmed: bool) -> None:
            self._state.carry_out(
                lambda: reverse_import(shell.desk.store, row.id, on, reason=reason, confirmed=confirmed),
                form,
                said=f"已冲销“{_name(row)}”导入的 {row.standing} 笔支出",
                then=lambda _changes: self._state.panel.close_content(),
                confirm=lambda: reverse(confirmed=True),
                asked=(DateAhead,),
            )

        reverse(confirmed=False)


def _name(row: ImportRow) -> str:
    return row.file or "财务清单"
