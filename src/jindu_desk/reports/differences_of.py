"""What does not add up in a month of the units below: sums, moves, what was signed, what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jindu_desk.domain.tallies.check_rules import Moves
from jindu_desk.domain.tallies.formulas import Linear
from jindu_desk.domain.tallies.sums import Sums
from jindu_desk.errors import DeskError
from jindu_desk.queries.exchange.received import PackageDifferences, revision_differences
from jindu_desk.queries.integrity_figures import received_differences
from jindu_desk.queries.totals import Arrival, Totals
from jindu_desk.reports.differences_paper import (
    Corrected,
    CorrectedLine,
    DifferencesPaper,
    Moved,
    MovedLine,
    SignedLine,
    differences_printed,
)
from jindu_desk.reports.drawing import PrintedPaper
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.totals_of import INSIDE, arrived_text, totals_at_hand
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
    found = totals_at_hand(occasion, "差额表")
    paths = occasion.paths
    paper = DifferencesPaper(
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
    return differences_printed(paper, occasion.fonts)


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
