"""In words: what a district's correction changes inside, township by township."""

from __future__ import annotations

from collections.abc import Sequence

from jindu_desk.queries.exchange.compare_inside import InsideChange, TownshipDifference
from jindu_desk.reports.exchange.wording import numbered_text
from jindu_desk.ui.receive.package_words import records_words


def inside_heading(townships: Sequence[TownshipDifference]) -> str:
    count = len(townships)
    return f"里面有 {count} 个镇（街道）的报表不同" if count else "里面各镇（街道）的报表没有不同"


def township_words(row: TownshipDifference) -> str:
    """薛家镇：换成了另一份（原为第 1 号…，现为第 3 号…）；更正理由：…；台账 1 格不同."""
    before, after = (numbered_text(*place) if place else "" for place in (row.before, row.after))
    if row.change is InsideChange.NEW:
        said = [f"原来没有，新加入一份（{after}），台账 {row.cells} 格"]
    elif row.change is InsideChange.GONE:
        said = [f"原有一份（{before}），更正后没有了，台账 {row.cells} 格不再计入"]
    else:
        said = [f"换成了另一份（原为{before}；现为{after}）"]
    if row.reason:
        said.append(f"理由：{row.reason}")
    if row.change is InsideChange.REPLACED:
        said.append(f"台账 {row.cells} 格不同" if row.cells else "台账没有不同")
        said += records_words(row.records)
    return f"{row.unit_name}：{'；'.join(said)}。"
