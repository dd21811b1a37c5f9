"""问题清单: what the checks found in a month, for the telephone to the villages and for the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jindu_desk.reports.exchange.wording import period_text
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.form_cells import SMALL
from jindu_desk.reports.typesetting.forms import Column, Form, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import date_text

_NOTE: Final = (
    "“必须改正”的改正数字后才能上报；“请说明”的核对无误后写明原因，随上报包报送。“处理”栏由经办人手写。"
    "本清单含各村（社区）准确数字，供内部使用，不得外传。"
)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """``level`` in words, as the screen has it. ``code`` and ``name`` are the check's; ``weight``: 强制 or 核实, "" for
    what no check says. ``reason``: what was said to it already, and ``given_by`` whom."""

    level: str
    village: str
    code: str
    name: str
    sentence: str
    reason: str = ""
    weight: str = ""
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class FindingsPaper:
    """``lines`` in the order of their weight. ``scope``: what was left out, in words; "" for all of the month."""

    unit: str
    period: str = ""
    printed_on: date | None = None
    lines: tuple[FindingLine, ...] = ()
    scope: str = ""


def findings_printed(paper: FindingsPaper, fonts: FontSet) -> PrintedPaper:
    """The list as PDF. The same lines and fonts give the same bytes; no content makes it fail."""
    form = Form(fonts, "审核问题清单", _under(paper))
    form.text(summary_text(paper.lines))
    if paper.lines:
        form.gap(1.5)
        _write_table(form, paper.lines)
        form.gap(1.5)
        form.text(_NOTE, size=SMALL)
    form.gap(3)
    form.grid(
        (
            fields(("经办人签字", ""), dated(), least=9 * MM),
            fields(("审核人签字", ""), dated(), least=9 * MM),
        ),
        whole=True,
    )
    return form.printed(author=paper.unit, subject=_under(paper))


def _write_table(form: Form, lines: Sequence[FindingLine]) -> None:
    form.table(
        (
            Column("序号", 12, "centre"),
            Column("级别", 18, "centre"),
            Column("村（社区）", 25),
            Column("审核项", 24),
            Column("问题", 56),
            Column("处理", 30),
        ),
        [
            (str(number), line.level, line.village, f"{line.code} {line.name}".strip(), line.sentence, line.reason)
            for number, line in enumerate(lines, start=1)
        ],
    )


def _under(paper: FindingsPaper) -> str:
    printed = f"打印于{date_text(paper.printed_on)}" if paper.printed_on else ""
    return "　".join(filter(None, (one_line(paper.unit), period_text(paper.period), one_line(paper.scope), printed)))


def summary_text(lines: Sequence[FindingLine]) -> str:
    """How many there are, level by level."""
    if not lines:
        return "没有发现问题。"
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.level] = counts.get(line.level, 0) + 1
    parts = "，".join(f"{level} {count} 条" for level, count in counts.items())
    return f"共 {len(lines)} 条：{parts}。"
