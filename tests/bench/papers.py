"""What a paper costs: four pages of minutes against bare reportlab drawing the same glyphs, the first paper of a run,
and the memory that it takes.

    python tests/bench/papers.py [--runs 40]

The bare drawing knows the place, face and spacing of every stretch of characters beforehand and does nothing but hand
them to reportlab, with the same fonts open. Both are warm. "First" is a fresh process that imports, looks for the PC's
fonts, opens them and makes the paper; its floor is a process that imports reportlab and opens the same files.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
Run = tuple[float, float, str, float, str, float]  # x, y, face, size, characters, space


def paper() -> object:
    """Minutes of four pages with every kind of part."""
    from jindu_desk.reports.meetings.minutes_paper import AgendaLine, Attendee, DecisionLine, FollowUpLine, MinutesPaper

    said = "会议指出，就业帮扶是关键环节。各村要做到“一人一策”；对确有困难的家庭，及时纳入临时救助。"
    return MinutesPaper(
        mark="测试镇禁毒工作月协调例会纪要",
        number="〔2026〕10号",
        issuer="测试镇人民政府",
        issued_on=date(2026, 11, 3),
        title="测试镇2026年10月禁毒工作月协调例会纪要",
        held="2026年10月28日 14:30—16:10",
        place="镇政府三楼会议室",
        chair="测试乙",
        recorder="测试丙",
        opening=said * 2,
        follow_ups=(FollowUpLine("完成秋季踏查", "已办结", "9月例会第1项", "派出所", date(2026, 10, 20), "踏查12次"),),
        agenda=(AgendaLine("关于帮扶工作", said * 14), AgendaLine("关于冬季宣传", said * 9)),
        decisions=tuple(
            DecisionLine(f"办理第{n}件实事", "镇禁毒办", ("派出所",), "测试丁", date(2026, 11, n)) for n in range(1, 5)
        ),
        present=tuple(Attendee(f"测试{n}", f"测试{n}村村民委员会主任") for n in range(12)),
        copies_to=("测试区禁毒委员会办公室", "镇党委、人大、政府各领导"),
        printed_by="测试镇人民政府",
        printed_on=date(2026, 11, 3),
    )


def runs_of(sheets: list[object]) -> Iterator[list[Run]]:
    """What is drawn on each page, as the bare drawing gets it."""
    from jindu_desk.reports.typesetting import drawing
    from jindu_desk.reports.typesetting.grid import LEFT, PAGE_HEIGHT, TOP, Sheet, Text

    for sheet in sheets:
        assert isinstance(sheet, Sheet)
        yield [
            (LEFT + item.x + offset, PAGE_HEIGHT - TOP - item.baseline, face.name, item.size, run, space)
            for line in sheet.lines
            for item in line
            if isinstance(item, Text)
            for offset, run, face, space in drawing._runs(item)
        ]


def bare(pages: list[list[Run]]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=1, invariant=1, initialFontName=pages[0][0][2])  # type: ignore[arg-type]
    for page in pages:
        text = canvas.beginText()
        for x, y, face, size, run, space in page:
            text.setTextOrigin(x, y)
            text.setFont(face, size)
            text.setCharSpace(space)
            text.textOut(run)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def milliseconds(runs: int, *works: Callable[[], object]) -> list[float]:
    """The middle one of ``runs`` of each, in turn, by processor time: the machine may have other work."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, times in zip(works, taken, strict=True):
            begun = time.process_time()
            work()
            times.append(time.process_time() - begun)
    return [sorted(times)[runs // 2] * 1000 for times in taken]


def warm(runs: int) -> None:
    from jindu_desk.reports.meetings.minutes import minutes_printed, minutes_sheets
    from jindu_desk.reports.meetings.minutes_paper import MinutesPaper
    from jindu_desk.reports.typesetting.fonts import font_set

    minutes, fonts = paper(), font_set(bundled_only=True)
    assert isinstance(minutes, MinutesPaper)
    pages = list(runs_of(list(minutes_sheets(minutes, fonts))))
    printed = minutes_printed(minutes, fonts)
    bare(pages)
    ours, floor = milliseconds(runs, lambda: minutes_printed(minutes, fonts), lambda: bare(pages))
    print(f"minutes of {printed.pages} pages: {ours:.1f} ms; bare reportlab {floor:.1f} ms; ratio {ours / floor:.2f}")


def first() -> None:
    """In this very process, which has imported nothing yet."""
    begun = time.perf_counter()
    from jindu_desk.reports.meetings.minutes import minutes_printed
    from jindu_desk.reports.meetings.minutes_paper import MinutesPaper
    from jindu_desk.reports.typesetting.fonts import font_set

    minutes = paper()
    assert isinstance(minutes, MinutesPaper)
    minutes_printed(minutes, font_set())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - begun:.3f} {time.process_time():.3f} {memory:.0f}")


def floor_of_first() -> None:
    begun = time.perf_counter()
    import reportlab.pdfgen.canvas  # noqa: F401 - it is what costs
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("title", "serif", "kai", "hei"):
        TTFont(name, str(ROOT / "resources" / "fonts" / f"{name}.ttf"), asciiReadable=0, shapable=False)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - begun:.3f} {time.process_time():.3f} {memory:.0f}")


def fresh(which: str) -> tuple[float, float, float]:
    """Seconds on the wall and of the processor, and MB at most, of the best of five processes."""
    found = []
    for _ in range(5):
        done = subprocess.run([sys.executable, __file__, which], check=True, capture_output=True, text=True)
        wall, processor, memory = map(float, done.stdout.split())
        found.append((wall, processor, memory))
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--first", action="store_true", help="the first paper, in this process")
    parser.add_argument("--floor", action="store_true", help="its floor, in this process")
    given = parser.parse_args()
    if given.first:
        first()
    elif given.floor:
        floor_of_first()
    else:
        warm(given.runs)
        wall, processor, memory = fresh("--first")
        floor, _, bare_memory = fresh("--floor")
        print(
            f"first paper of a process: {wall:.2f} s ({processor:.2f} s of the processor, start of Python included); "
            f"opening the same fonts alone {floor:.2f} s; ratio {wall / floor:.2f}"
        )
        print(f"memory at most: {memory:.0f} MB; with the fonts alone {bare_memory:.0f} MB")


if __name__ == "__main__":
    main()
