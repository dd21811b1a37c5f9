"""The meeting's papers on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jindu_desk.cli.output import context_of
from jindu_desk.domain.months import Month


def register(app: typer.Typer) -> None:
    app.command()(minutes)


def minutes(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="月份")],
    out: Annotated[Path, typer.Option(metavar="FILE.pdf|FILE.docx", help="写到哪个文件；.docx 在 Word、WPS 里接着改")],
) -> None:
    """打印月协调例会纪要（未签发的标明草稿）。"""
    from jindu_desk.errors.meetings import NoMeetingYet
    from jindu_desk.operations.saving import save_file
    from jindu_desk.queries.meetings import meeting_of, meeting_whole
    from jindu_desk.queries.settings import settings
    from jindu_desk.reports.meetings.minutes import minutes_printed
    from jindu_desk.reports.meetings.minutes_annexes import minutes_annexes
    from jindu_desk.reports.meetings.minutes_docx import minutes_docx
    from jindu_desk.reports.meetings.minutes_of import minutes_paper
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts
    from jindu_desk.reports.wording import month_text

    con, wanted = context_of(context), Month.parse(month)
    with con.open_desk() as desk:
        row = meeting_of(desk.store, desk.unit.unit.id, wanted)
        if row is None:
            raise NoMeetingYet(month=month_text(wanted))
        whole = meeting_whole(desk.store, row.id)
        paper = minutes_paper(whole, settings(desk.store), minutes_annexes(desk.paths, whole))
        faces = paper_fonts(desk.paths)
    draft = "（草稿，尚未签发）" if paper.draft else ""
    if out.suffix.lower() == ".docx":
        save_file(out, minutes_docx(paper, faces))
        con.say(f"已写出{draft}{out}。", {"file": str(out), "draft": paper.draft, "version": paper.version})
        return
    printed = minutes_printed(paper, faces)
    save_file(out, printed.content)
    fonts = "、".join(sorted({use.family for use in printed.fonts}))
    con.say(
        f"已写出{draft}{out}，共 {printed.pages} 页，字体：{fonts}。",
        {
            "file": str(out),
            "pages": printed.pages,
            "draft": paper.draft,
            "version": paper.version,
            "fonts": {use.role.value: use.family for use in printed.fonts},
            "missing_glyphs": sorted(printed.missing),
        },
    )
