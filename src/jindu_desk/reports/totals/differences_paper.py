"""差额表: what does not add up or stands otherwise than it was signed; each line is to be explained by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import SMALL, Cell, Para
from jindu_desk.reports.typesetting.forms import Column, Form, signature_fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import UNKNOWN

NAME: Final = "差额表"
_LEAST: Final = 7.5 * MM


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A unit's figures of one kind of register; None where nobody knows them."""

    unit: str
    moved_in: int | None
    moved_out: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved in and out within the area, by unit. ``kind`` is of which register, ``into`` and ``out_of`` name
    the items."""

    kind: str
    into: str
    out_of: str
    lines: tuple[MovedLine, ...]

    @property
    def total(self) -> MovedLine:
        return MovedLine(
            "合计", sum(line.moved_in or 0 for line in self.lines), sum(line.moved_out or 0 for line in self.lines)
        )


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A record that stands here otherwise than it was signed."""

    unit: str
    subject: str
    record: str


@dataclass(frozen=True, slots=True)
class CorrectedLine:
    """A figure that a correction changed against the report before."""

    unit: str
    place: str
    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A unit whose month counts in a later revision, with the reason it gave."""

    unit: str
    revision: int
    reason: str
    figures: tuple[CorrectedLine, ...] = ()
    others: str = ""


@dataclass(frozen=True, slots=True)
class DifferencesPaper:
    """``signed`` and ``corrected`` are None where nobody could look into the packages."""

    desk: str
    month: str
    notes: tuple[str, ...]
    findings: tuple[str, ...]
    moved: tuple[Moved, ...]
    signed: tuple[SignedLine, ...] | None = None
    corrected: tuple[Corrected, ...] | None = None
    signatures: tuple[str, ...] = ()


def differences_printed(paper: DifferencesPaper, fonts: FontSet) -> PrintedPaper:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    under = "　".join(filter(None, (one_line(paper.desk), one_line(paper.month))))
    form = Form(fonts, NAME, under)
    form.text(*filter(None, paper.notes), size=SMALL)
    _write_sums(form, paper.findings)
    for moved in paper.moved:
        _write_moved(form, moved)
    _write_signed(form, paper.signed)
    _write_corrected(form, paper.corrected)
    form.gap(3)
    form.grid(signature_fields(paper.signatures), whole=True)
    return form.printed(author=paper.desk, subject=under)


def _write_sums(form: Form, findings: tuple[str, ...]) -> None:
    form.part("合计与各单位之和")
    if not findings:
        form.text("合计、累计与各单位、各月之和一致，转入与转出一致。")
        return
    columns = (Column("序号", 12, "centre"), Column("不一致之处", 108), Column("说明（手写）", 45))
    form.table(columns, [(str(number), text, "") for number, text in enumerate(findings, start=1)], least=_LEAST)


def _write_moved(form: Form, moved: Moved) -> None:
    columns = (
        Column("单位", 40),
        Column(one_line(moved.into), 30, "right"),
        Column(one_line(moved.out_of), 30, "right"),
        Column("转入－转出", 26, "right"),
        Column("对方单位（手写）", 39),
    )
    kind = f"（{one_line(moved.kind)}）" if moved.kind else ""
    rows = [_moved_row(line, Role.BODY) for line in moved.lines]
    form.table(columns, [*rows, _moved_row(moved.total, Role.HEI)], part=f"辖区内转入转出{kind}", least=_LEAST)


def _moved_row(line: MovedLine, role: Role) -> tuple[Cell, ...]:
    known = line.moved_in is not None and line.moved_out is not None
    apart = (line.moved_in or 0) - (line.moved_out or 0)
    figures = (
        _figure(line.moved_in),
        _figure(line.moved_out),
        f"{apart:+,}" if known and apart else _figure(0 if known else None),
    )
    return (Cell((Para(line.unit, role),)), *(Cell((Para(text, role),), "right") for text in figures), Cell())


def _figure(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value:,}"


def _write_signed(form: Form, lines: tuple[SignedLine, ...] | None) -> None:
    form.part("与签名数据包不一致")
    if lines is None:
        form.text("没有核对：看不到收到的数据包。")
    elif not lines:
        form.text("计入汇总的各单位数据与其签名的数据包逐条一致。")
    else:
        form.text("每个单位的每类数据只列第一处；请从备份恢复，或重新读入该单位的数据包。", size=SMALL)
        form.gap(1)
        columns = (Column("单位", 40), Column("类别", 30), Column("第一处不一致的记录", 95))
        form.table(columns, [(line.unit, line.subject, line.record) for line in lines], least=_LEAST)


def _write_corrected(form: Form, corrected: Iterable[Corrected] | None) -> None:
    form.part("更正（修订）与前一版的差额")
    if corrected is None:
        form.text("没有核对：看不到收到的数据包。")
        return
    told = tuple(corrected)
    if not told:
        form.text("计入汇总的各单位本月均为第 1 版，没有更正。")
        return
    columns = (
        Column("单位", 40),
        Column("村（社区）", 32),
        Column("指标", 45),
        Column("更正前", 22, "right"),
        Column("更正后", 22, "right"),
    )
    for unit in told:
        reason = one_line(unit.reason)
        others = f"另有{unit.others}不同。" if unit.others else ""
        form.gap(1.5)
        form.text(f"{one_line(unit.unit)}　第 {unit.revision} 版。{f'更正原因：{reason}。' if reason else ''}{others}")
        if unit.figures:
            form.gap(1)
            rows = [(line.unit, line.place, line.item, line.before, line.after) for line in unit.figures]
            form.table(columns, rows, least=_LEAST)
        else:
            form.text("台账数字没有变化。", size=SMALL)
