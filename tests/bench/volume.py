"""A year's volume of minutes of some hundred pages, and all papers of a month.

    python tests/bench/volume.py

Prints the time of the volume, warm, as seconds and as ratio to drawing the same glyphs with bare reportlab in the same
run, and the most memory that the process held. The fonts are the program's own.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

PAGES = 100
RUNS = 5


def main() -> None:
    from jindu_desk.reports.meetings.minutes_paper import AgendaLine, Attendee, DecisionLine, MinutesPaper
    from jindu_desk.reports.meetings.volume import VolumePaper, volume_printed
    from jindu_desk.reports.typesetting.drawing import PrintedPaper
    from jindu_desk.reports.typesetting.fonts import font_set

    fonts = font_set(bundled_only=True)
    said = "会议指出，就业帮扶是关键环节。各村要做到“一人一策”；对确有困难的家庭，及时纳入临时救助……"
    month = MinutesPaper(
        mark="测试镇禁毒工作协调例会纪要",
        issuer="测试镇人民政府",
        issued_on=date(2026, 11, 3),
        opening=said * 3,
        agenda=tuple(AgendaLine(f"关于第{n}项工作", said * 18) for n in range(1, 7)),
        decisions=tuple(DecisionLine(f"办理第{n}件实事", "测试派出所", ("测试司法所",)) for n in range(1, 9)),
        present=tuple(Attendee(f"测试{n}", "测试村民委员会主任") for n in range(30)),
        printed_by="测试镇人民政府",
        printed_on=date(2026, 11, 3),
    )
    year = tuple(replace(month, title=f"测试镇2026年{n}月会议纪要", number=f"第{n}期") for n in range(1, 13))
    volume = VolumePaper("测试镇2026年会议纪要汇编", "测试镇人民政府", year)
    printed = volume_printed(volume, fonts)
    times, floors = [], []
    for _ in range(RUNS):
        begin = time.perf_counter()
        printed = volume_printed(volume, fonts)
        middle = time.perf_counter()
        bare(printed)
        times.append(middle - begin)
        floors.append(time.perf_counter() - middle)
    assert isinstance(printed, PrintedPaper)
    seconds, floor = min(times), min(floors)
    print(f"{printed.pages} pages: {seconds:.2f} s, {seconds * PAGES / printed.pages:.2f} s for {PAGES} pages")
    print(f"bare reportlab, the same glyphs: {floor:.2f} s; ratio {seconds / floor:.2f}")
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def bare(printed) -> bytes:  # type: ignore[no-untyped-def]  # the sheets of a paper that stands
    """The same lines of the same characters in the same fonts, each with one call."""
    from reportlab.pdfgen.canvas import Canvas

    from jindu_desk.reports.typesetting.grid import LEFT, TOP, Text

    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=1, invariant=1)
    for sheet in printed.sheets:
        for item in (item for line in sheet.lines for item in line if isinstance(item, Text) and item.glyphs):
            text = canvas.beginText(LEFT + item.x, sheet.size[1] - TOP - item.baseline)
            run, face = "", item.glyphs[0].face
            for glyph in item.glyphs:
                if glyph.face is not face:
                    text.setFont(face.name, item.size)
                    text.textOut(run)
                    run, face = "", glyph.face
                run += glyph.character
            text.setFont(face.name, item.size)
            text.textOut(run)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


if __name__ == "__main__":
    main()
