"""What narrows the entries: months, category, voucher, words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from jindu_desk.domain.expense_categories import Catalogue
from jindu_desk.domain.months import Month
from jindu_desk.queries.expense_entries import EntryFilter, Voucher
from jindu_desk.ui.fields import choice, line_edit, word_for
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.theme.measures import GROUP, scaled_font

_MONTHS = tuple((f"{number}月", number) for number in range(1, 13))


class FilterBar(QWidget):
    """``changed()`` when something else is wanted; ``all_lines_wanted()``: the selected budget line should go."""

    changed = Signal()
    all_lines_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.span = _box((("本月", "month"), ("全年", "year"), ("几个月", "months")), "期间")
        self.since, self.until = _box(_MONTHS, "从"), _box(_MONTHS, "到")
        self.until.setCurrentIndex(11)
        self.category = _box((("全部", ""),), "类别")
        kinds = (("不限", Voucher.ANY), ("已登记", Voucher.WITH), ("未登记", Voucher.WITHOUT))
        self.voucher = _box(kinds, "凭证")
        self.search = line_edit(placeholder="查找（Ctrl+F）")
        self._boxes = (self.span, self.since, self.until, self.category, self.voucher)
        self._room = 100.0
        self._rules: Catalogue | None = None
        self._build()
        for box in self._boxes:
            box.currentIndexChanged.connect(lambda _index: self._changed())
        self.search.textChanged.connect(lambda _text: self.changed.emit())

    def show_month(self, month: Month, rules: Catalogue) -> None:
        """The month on view, and the categories of its year."""
        self.span.setItemText(0, month_text(month))
        if rules is self._rules:
            return
        self._rules, chosen = rules, self.category.currentData()
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItem("全部", "")
        for category in rules.categories:
            self.category.addItem(category.name, category.code)
        self.category.setCurrentIndex(max(self.category.findData(chosen), 0))
        self.category.blockSignals(False)

    def fit(self, ems: float) -> None:
        """Where there is little room the heading gives way, then what narrows nothing now."""
        self._room = ems
        self._title.setVisible(ems >= 60)
        self._show_line()
        months = 13 if self.span.currentData() == "months" else 0
        for box, needed in ((self.voucher, 42 + months), (self.category, 34 + months)):
            shown = box.currentIndex() > 0 or ems >= needed
            box.setVisible(shown)
            self._words[box].setVisible(shown)

    def show_line(self, name: str) -> None:
        """The budget line whose entries are shown, "" for all."""
        self._line.setText(f"只看“{name}”" if name else "全部科目")
        self._line.setToolTip("在科目表中按 Esc 也可看全部" if name else "")
        self._all_lines.setVisible(bool(name))
        self._show_line()

    def _show_line(self) -> None:
        """That all lines are shown goes without saying where there is little room."""
        self._line.setVisible(self._room >= 60 or self._all_lines.isVisibleTo(self))

    def wanted(self, month: Month, line_id: str) -> EntryFilter:
        """What is chosen, in the year of ``month``."""
        first, last = self._months(month)
        return EntryFilter(
            since=date(month.year, first, 1),
            until=Month(month.year, last).last_day,
            line_id=line_id,
            category=str(self.category.currentData()),
            text=self.search.text(),
            voucher=Voucher(self.voucher.currentData()),
        )

    @property
    def narrows(self) -> bool:
        chosen = (self.category.currentIndex(), self.voucher.currentIndex())
        return any(chosen) or bool(self.search.text().strip()) or self.span.currentData() != "year"

    def widen(self) -> None:
        """All entries of the year."""
        self.blockSignals(True)
        self.search.clear()
        self.category.setCurrentIndex(0)
        self.voucher.setCurrentIndex(0)
        self.span.setCurrentIndex(self.span.findData("year"))
        self.blockSignals(False)

    def _months(self, month: Month) -> tuple[int, int]:
        match self.span.currentData():
            case "month":
                return month.number, month.number
            case "months":
                ends = int(self.since.currentData()), int(self.until.currentData())
                return min(ends), max(ends)
        return 1, 12

    def _build(self) -> None:
        title = self._title = QLabel("支出明细")
        title.setFont(scaled_font(1.1, bold=True))
        self._line = QLabel("全部科目")
        self._line.setProperty("role", "muted")
        self._line.setMinimumWidth(1)  # gives way before the filter does
        self._all_lines = QPushButton("看全部科目")
        self._all_lines.setProperty("role", "link")
        self._all_lines.setAutoDefault(False)
        self._all_lines.clicked.connect(self.all_lines_wanted)
        self.search.setAccessibleName("查找支出")
        self.search.setToolTip("按摘要、收款方、类别、凭证号、经办人、金额或 #编号 查找")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.search.fontMetrics().horizontalAdvance("汉") * 8)
        self.search.setMaximumWidth(self.search.fontMetrics().horizontalAdvance("汉") * 16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP)
        row.addWidget(title)
        row.addWidget(self._line, 1)
        row.addWidget(self._all_lines)
        self._words = {box: word_for(box, box.accessibleName()) for box in self._boxes}
        for box in self._boxes:
            row.addWidget(self._words[box])
            row.addWidget(box)
        row.addWidget(self.search)
        self._show_months()

    def _changed(self) -> None:
        self._show_months()
        self.changed.emit()

    def _show_months(self) -> None:
        self.fit(self._room)
        several = self.span.currentData() == "months"
        for box in (self.since, self.until):
            box.setVisible(several)
            self._words[box].setVisible(several)


def _box(options: tuple[tuple[str, object], ...], name: str) -> QComboBox:
    box = choice(options)
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return box
