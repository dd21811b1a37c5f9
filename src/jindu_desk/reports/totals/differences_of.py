"""What does not add up in a month of the units below: sums, moves, what was signed, what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from jindu_desk.domain.tallies.check_rules import Moves
from jindu_desk.domain.tallies.formulas import Linear
from jindu_desk.domain.tallies.sums import Sums
from jindu_desk.errors import DeskError
from jindu_desk.queries.exchange.received import PackageDifferences, revision_differences
from jindu_desk.queries.integrity_figures import received_differences
from jindu_desk.queries.totals import Arrival, Totals
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.tables.rows import RowColumn, RowTable
from jindu_desk.reports.tables.workbook import tables_xlsx
from jindu_desk.reports.totals.differences_paper import (
    NAME,
    Corrected,
    CorrectedLine,
    DifferencesPaper,
    Moved,
    MovedLine,
    SignedLine,
    differences_printed,
)
from jindu_desk.reports.totals.totals_of import INSIDE, arrived_text, totals_at_hand
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import month_text

_SUBJECTS: Final = {
    "": "数据包副本",
    "meetings": "例会",
    "attendees": "例会出席",
    "agenda_items": "例会议程",
    "figures": "例会数据",
    "signed_decisions": "纪要所载事项",
    "decisions": "议定事项",
    "cells": "台账数字",
    "nil_returns": "零报告",
    "reasons": "核实说明",
    "expenses": "经费支出",
    "budget": "预算",
    "units": "单位",
    "officials": "责任人员",
    "attachments": "附件",
}
_STATES: Final = {"": "未填", "not_applicable": "无此情况", "unknown": "未掌握"}


def printed(occasion: Occasion) -> PrintedPaper:
    """With exact figures of the units: for the office."""
    return differences_printed(_paper(occasion), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    paper = _paper(occasion)
    return tables_xlsx(f"{paper.desk}{paper.month}{NAME}", paper.notes, difference_tables(paper), occasion.today)


@once_per_occasion
def _paper(occasion: Occasion) -> DifferencesPaper:
    found = totals_at_hand(occasion, "差额表")
    paths = occasion.paths
    return DifferencesPaper(
        desk=found.owner.name,
        month=month_text(found.month),
        notes=(arrived_text(found), INSIDE),
        findings=tuple(finding.officer for finding in found.findings),
        moved=tuple(_moved(found)),
        signed=None
        if paths is None
        else tuple(
            SignedLine(each.unit, _SUBJECTS.get(each.table, each.table), each.record)
            for each in received_differences(occasion.store, paths, found.month)
        ),
        corrected=None if paths is None else tuple(_corrected(occasion, found)),
        signatures=occasion.wording.signatures,
    )


def difference_tables(paper: DifferencesPaper) -> Iterator[RowTable]:
    """The same as tables; without a row where all agrees or nobody looked, which the note says."""
    text, count = partial(RowColumn, kind="text", width=40.0), partial(RowColumn, kind="count", width=24.0)
    findings = tuple((finding,) for finding in paper.findings)
    yield RowTable("合计", (text("不一致之处", width=120.0),), findings, empty="合计与各单位之和一致。")
    for moved in paper.moved:
        columns = (text("单位"), count(moved.into), count(moved.out_of))
        rows = tuple((line.unit, line.moved_in, line.moved_out) for line in (*moved.lines, moved.total))
        yield RowTable(f"转入转出 {moved.kind}".strip(), columns, rows, sums=1)
    altered = (text("单位"), text("类别"), text("第一处不一致的记录", width=90.0))
    signed = tuple((line.unit, line.subject, line.record) for line in paper.signed or ())
    unseen = "没有核对：看不到收到的数据包。"
    yield RowTable("与签名不一致", altered, signed, empty=unseen if paper.signed is None else "逐条一致。")
    revised = (text("单位"), count("版次"), text("村（社区）"), text("指标"), text("更正前"), text("更正后"))
    changed = tuple(
        (unit.unit, unit.revision, line.place, line.item, line.before, line.after)
        for unit in paper.corrected or ()
        for line in unit.figures
    )
    yield RowTable("更正", revised, changed, empty=unseen if paper.corrected is None else "没有更正的数字。")


def _moved(found: Totals) -> Iterator[Moved]:
    catalogue = found.rules.catalogue
    for judge in found.rules.checks.judges:
        rule = judge.rule
        if isinstance(rule, Moves):
            into, out_of = (
                "、".join(catalogue.item(term.item).name for term in side) for side in (rule.into, rule.out_of)
            )
            lines = tuple(
                MovedLine(row.unit.name, _sum(rule.into, row.month), _sum(rule.out_of, row.month))
                for row in found.units
            )
            yield Moved(catalogue.kinds.get(rule.kind, ""), into, out_of, lines)


def _sum(linear: Linear, sums: Sums) -> int | None:
    if any(term.item not in sums for term in linear):
        return None
    return sum(term.sign * sums[term.item] for term in linear)


def _corrected(occasion: Occasion, found: Totals) -> Iterator[Corrected]:
    """The units whose figures came in a later revision, each beside the version before it."""
    for row in found.units:
        package = row.package
        if row.arrival is not Arrival.COUNTED or package is None or package.revision < 2 or occasion.paths is None:
            continue
        try:
            changed = revision_differences(occasion.store, occasion.paths, package.received_id)
        except DeskError as error:  # a kept file is gone: the paper says so, and what else differs
            yield Corrected(row.unit.name, package.revision, "", others=f"（不能比较：{error}）")
        else:
            yield _one_corrected(row.unit.name, package.revision, changed)


def _one_corrected(name: str, revision: int, changed: PackageDifferences) -> Corrected:
    figures = tuple(
        CorrectedLine(each.township or name, each.unit_name, each.name, _value(each.before), _value(each.after))
        for each in changed.cells
    )
    others = "、".join(
        f"{_SUBJECTS.get(each.subject, each.subject)}{each.added + each.removed + each.changed}条"
        for each in changed.records
    )
    return Corrected(name, revision, changed.reason, figures, others)


def _value(text: str) -> str:
    return _STATES.get(text, text)
