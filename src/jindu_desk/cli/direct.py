"""What a district or the city does towards its units: direct, judge, answer, remind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.cli.units import unit_named
from jindu_desk.domain.months import Month

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.operations.exchange.judge import RemarkDraft
    from jindu_desk.queries.exchange.received import ReceivedRow

_Unit = Annotated[str, typer.Argument(metavar="单位", help="下级单位的名称、代码或编号")]
_MonthOption = Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")]
_To = Annotated[Path, typer.Option("--to", metavar="DIR", help="写到哪个文件夹，例如 U 盘")]


def register(app: typer.Typer) -> None:
    for command in (direct, accept, unlock, answer, remind):
        app.command()(command)
    app.command("return")(send_back)


def direct(context: typer.Context, to: _To) -> None:
    """写出指令：单位名册、密钥、加密公钥、目标、时限、规则。一份给所有下级，不加密。"""
    from jindu_desk.operations.exchange.directives import write_directive

    con = context_of(context)
    with con.open_desk() as desk:
        done = write_directive(desk.store, desk.vault, desk.paths, to)
    con.say(
        f"已写出第 {done.number} 号指令：{done.path}\n签名密钥 {done.fingerprint}；已读回核对，可以拔出 U 盘。",
        {"file": str(done.path), "number": done.number, "fingerprint": done.fingerprint, "bytes": done.bytes},
    )


def accept(context: typer.Context, unit: _Unit, month: _MonthOption) -> None:
    """认可一个单位的当月上报；下一份回执会告诉它。"""
    from jindu_desk.operations.exchange.judge import accept_report

    con = context_of(context)
    with con.open_desk() as desk:
        row = _report_of(desk, unit, Month.parse(month))
        accept_report(desk.store, row.id)
    con.say(f"已认可{row.from_unit} {row.period} 第 {row.number} 号。", _judged(row, "accepted"))


def send_back(
    context: typer.Context,
    unit: _Unit,
    month: _MonthOption,
    reason: Annotated[str, typer.Option(help="退回的理由")],
    at: Annotated[
        list[str] | None,
        typer.Option(metavar="村/项目/意见", help="逐格意见，如“测试村/A04.J/漏填”；项目空着指整个村；可以多个"),
    ] = None,
) -> None:
    """退回一个单位的当月上报：不再计入汇总，理由和逐格意见写进下一份回执。"""
    from jindu_desk.operations.exchange.judge import return_report

    con = context_of(context)
    with con.open_desk() as desk:
        wanted = Month.parse(month)
        row = _report_of(desk, unit, wanted)
        remarks = [_remark(desk, row.stream, text, wanted) for text in at or ()]
        return_report(desk.store, desk.paths, row.id, reason, remarks)
    con.say(
        f"已退回{row.from_unit} {row.period} 第 {row.number} 号，不再计入汇总。请写回执告诉对方。",
        {**_judged(row, "returned"), "remarks": len(remarks)},
    )


def unlock(
    context: typer.Context,
    unit: _Unit,
    month: _MonthOption,
    reason: Annotated[str, typer.Option(help="为什么解锁")],
) -> None:
    """准许一个单位重新打开已上报的月份；原来的数继续计入，直到更正来到。"""
    from jindu_desk.operations.exchange.judge import unlock_month

    con = context_of(context)
    with con.open_desk() as desk:
        found = unit_named(desk, unit)
        unlock_month(desk.store, found.id, Month.parse(month), reason)
    con.say(f"已准许{found.name}重新打开 {month}。请写回执告诉对方。", {"unit": found.name, "month": month})


def answer(
    context: typer.Context,
    to: _To,
    units: Annotated[list[str] | None, typer.Argument(metavar="[单位]…", help="给哪些单位；默认给有新情况的")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="给所有下级")] = False,
) -> None:
    """写出回执：收到、认可、退回、解锁、作废的密钥、催报。知道对方加密公钥的就加密。"""
    from jindu_desk.operations.exchange.answers import write_answers
    from jindu_desk.queries.exchange.answers import answers

    con = context_of(context)
    with con.open_desk() as desk:
        if units:
            chosen = [unit_named(desk, unit).id for unit in units]
        else:
            chosen = [row.unit.id for row in answers(desk.store) if everyone or row.news]
        made = write_answers(desk.store, desk.vault, desk.paths, chosen, to)
    lines = [
        f"{one.receiver} 第 {one.number} 号回执：{one.path.name}（{'已加密' if one.encrypted else '没有加密'}）"
        for one in made
    ]
    con.say(
        "\n".join([*lines, f"共 {len(made)} 份，已读回核对，可以拔出 U 盘。"]),
        {
            "answers": [
                {"unit": one.receiver, "number": one.number, "file": str(one.path), "encrypted": one.encrypted}
                for one in made
            ]
        },
    )


def remind(
    context: typer.Context,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE.pdf", help="打印催报清单")] = None,
    xlsx: Annotated[Path | None, typer.Option(metavar="FILE", help="把催报清单写成表格")] = None,
) -> None:
    """列出到期还没有上报的单位和月份。"""
    from jindu_desk.operations.saving import save_file
    from jindu_desk.queries.exchange.answers import answers, reminders
    from jindu_desk.queries.settings import settings
    from jindu_desk.reports.arrival_wording import uncounted_text
    from jindu_desk.reports.exchange.papers import reminders_paper_of
    from jindu_desk.reports.exchange.reminders_paper import reminders_pdf
    from jindu_desk.reports.exchange.reminders_workbook import reminders_xlsx
    from jindu_desk.reports.paper_wording import paper_wording
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

    con = context_of(context)
    with con.open_desk() as desk:
        rows = reminders(desk.store)
        office = paper_wording(desk.unit, settings(desk.store)).office
        paper = reminders_paper_of(office, desk.store.clock().date(), rows, answers(desk.store))
    if pdf is not None:
        save_file(pdf, reminders_pdf(paper, paper_fonts(desk.paths)))
    if xlsx is not None:
        save_file(xlsx, reminders_xlsx(paper))
    lines = [
        "，".join(filter(None, (f"{row.unit.name} {row.period}", f"截止 {row.due}", uncounted_text(row.uncounted))))
        for row in rows
    ]
    con.say(
        "\n".join(lines) or "没有到期未报的单位。",
        {
            "reminders": [
                {
                    "unit": row.unit.name,
                    "month": row.period,
                    "due": str(row.due),
                    "returned_on": str(row.returned_on) if row.returned_on else None,
                }
                for row in rows
            ]
        },
    )


def _report_of(desk: Desk, unit: str, month: Month) -> ReceivedRow:
    """The newest report of a unit's month that stands in its chain. Raises `UnknownUnit`, `NoSuchReceived`."""
    from jindu_desk.domain.exchange import PackageKind, Verdict
    from jindu_desk.errors.exchange import NoSuchReceived
    from jindu_desk.queries.exchange.received import received

    found = unit_named(desk, unit, month)
    rows = [
        row
        for row in received(desk.store)
        if row.stream == found.id
        and row.kind is PackageKind.REPORT
        and row.period == str(month)
        and row.verdict in (Verdict.NEW, Verdict.REVISION)
    ]
    if not rows:
        raise NoSuchReceived
    return max(rows, key=lambda row: row.number or 0)


def _remark(desk: Desk, stream: str, text: str, month: Month) -> RemarkDraft:
    """``village/item/remark``; the remark itself may contain a slash. Raises `RemarkElsewhere`."""
    from jindu_desk.domain.answers import RemarkPlace
    from jindu_desk.errors.exchange import RemarkElsewhere
    from jindu_desk.operations.exchange.judge import RemarkDraft
    from jindu_desk.queries.units import unit_in, units_below

    village, _, rest = text.partition("/")
    item, slash, said = rest.partition("/")
    names = {row.name: row.id for row in units_below(desk.store, stream, month)}
    with desk.store.read() as session:
        township = unit_in(session, stream, month)
    if township is not None:
        names[township.name] = stream
    if not slash or village.strip() not in names:
        raise RemarkElsewhere
    place = RemarkPlace.CELL if item.strip() else RemarkPlace.VILLAGE
    return RemarkDraft(said, place, names[village.strip()], item.strip() or None)


def _judged(row: ReceivedRow, state: str) -> dict[str, object]:
    return {"unit": row.from_unit, "month": row.period, "number": row.number, "state": state}
