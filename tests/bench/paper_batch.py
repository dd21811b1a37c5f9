"""All papers of a district's month, with their tables and Word files: made for one occasion, which reads and protects
once, beside each made by itself, as somebody would who saves them one by one.

    jindu-desk demo TOWNSHIP --tier township --until 2026-10 --months 3
    jindu-desk demo DISTRICT --tier district --until 2026-10 --months 3 --township TOWNSHIP
    python tests/bench/paper_batch.py DISTRICT --month 2026-10 [--runs 5]

Works on a copy of the folder. Processor time, the middle one of the runs, in turn; the first is not counted.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.reports.bundle import make_all, monthly
from jindu_desk.reports.papers import Occasion, kinds_for, occasion_of
from jindu_desk.reports.typesetting.paper_fonts import paper_fonts


def together(occasion: Occasion) -> list[bytes]:
    made = make_all(occasion, inside=True, editable=True)
    return [each.printed.content for each in made if each.printed is not None]


def one_by_one(occasion: Occasion) -> list[bytes]:
    found = []
    for kind in monthly(kinds_for(occasion.own.unit.tier), inside=True):
        try:
            found.append(kind.printed(replace(occasion)).content)
        except DeskError:
            continue
        if kind.as_workbook:
            kind.workbook(replace(occasion))
        if kind.as_word:
            kind.word(replace(occasion))
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--month", required=True)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        desk = Desk.open(Path(shutil.copytree(given.folder, Path(kept) / "data")))
        occasion = occasion_of(desk.store, desk.unit, Month.parse(given.month), paper_fonts(desk.paths), desk.paths)
        taken: dict[str, list[float]] = {"together": [], "one by one": []}
        for run in range(given.runs + 1):
            papers = []
            for (_, times), make in zip(taken.items(), (together, one_by_one), strict=True):
                begun = time.process_time()
                papers.append(make(replace(occasion)))
                times.extend([time.process_time() - begun] * (run > 0))
            if papers[0] != papers[1]:
                raise SystemExit("they are not the same papers")
        desk.close(backup=False)
    ours, floor = (sorted(times)[len(times) // 2] for times in taken.values())
    print(f"{len(papers[0])} papers: together {ours:.1f} s; one by one {floor:.1f} s; ratio {ours / floor:.2f}")


if __name__ == "__main__":
    main()
