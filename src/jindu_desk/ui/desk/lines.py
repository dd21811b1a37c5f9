"""From the overview's rows to the words on the board."""

from __future__ import annotations

from collections.abc import Iterable

from jindu_desk.domain.duty_rules import DutyRow, DutyState, Rhythm
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.introductions import Introductions
from jindu_desk.queries.exchange.standing import ReturnedMonth
from jindu_desk.queries.overview import HORIZON_DAYS, CameRow, Overview
from jindu_desk.queries.settings import Unfinished
from jindu_desk.reports.exchange.wording import kind_label, verdict_label
from jindu_desk.ui.desk.glances import cards_of, glances
from jindu_desk.ui.desk.seen import CameLine, CardHead, DutyLine, KeptLine, KeyLine, ReturnedLine, Seen
from jindu_desk.ui.month_picker import month_text
from jindu_desk.ui.periods import period_words
from jindu_desk.ui.theme.tokens import Kind

_KEPT_WORD = {"meetings": "会议", "expenses": "经费支出", "preferences": "公文用语"}
_KINDS: dict[Verdict, Kind] = {
    Verdict.NEW: "done",
    Verdict.SAME: "plain",
    Verdict.REVISION: "due",
    Verdict.OLDER: "plain",
    Verdict.GAP: "due",
    Verdict.FORK: "wrong",
    Verdict.NOT_FOR_US: "plain",
    Verdict.UNTRUSTED: "wrong",
    Verdict.DAMAGED: "wrong",
    Verdict.LOCKED: "plain",
}


_NAMED = 3  # units below, before the rest is only counted


def seen_of(found: Overview, kept: Iterable[Unfinished], met: Introductions, stamp: str) -> Seen:
    """The board of an overview that was read while the database had this ``stamp``."""
    township = found.tier is Tier.TOWNSHIP
    return Seen(
        month=str(found.month),
        title=f"工作台 · {month_text(found.month)}",
        heads=tuple(CardHead(spec.title, spec.icon) for spec in cards_of(found.tier)),
        glances=glances(found),
        duties_title=f"{'已逾期和' if any(map(_is_late, found.duties)) else ''}未来 {HORIZON_DAYS} 天到期",
        duties=tuple(_duty(row) for row in found.duties),
        came_title="上级发回" if township else "最近收到",
        came_nothing="上级的指令、回执和退回意见会列在这里。从“上报”页读入上级的文件。"
        if township
        else "收到的数据包会列在这里。从“接收”页读入下级单位的文件。",
        came=tuple(_came(row, township=township) for row in found.came),
        came_screen="report" if township else "receive",
        came_from_one=township,
        returned=tuple(_returned(row, township=township) for row in found.returned),
        kept=kept_lines(kept),
        keys=key_lines(found.tier, met),
        stamp=stamp,
    )


def kept_lines(kept: Iterable[Unfinished]) -> tuple[KeptLine, ...]:
    def said(form: Unfinished) -> str:
        word = _KEPT_WORD.get(form.screen, form.screen)
        return f"{word}（{period_words(form.month)}）" if form.month else word

    return tuple(KeptLine(said(form), form.screen, form.month) for form in kept)


def key_lines(tier: Tier, met: Introductions) -> tuple[KeyLine, ...]:
    """What is next with the keys: towards the superior, and towards the units below. A city has no superior."""
    above, below = ("report", (("part", "superior"),)), ("direct", (("tab", "密钥"),))
    found = []
    if not met.has_key:
        said = "本机还没有签名密钥，写出的数据包要用它签名。"
        found.append(KeyLine(said, "去生成密钥", *(below if tier is Tier.CITY else above)))
    if met.undirected:
        said = f"还没有读入{met.undirected}的指令：与上级互相登记密钥后，上报才会加密，对方才认得本单位的签名。"
        found.append(KeyLine(said, "去与上级往来", *above))
    if met.strangers:
        more = f" 等 {len(met.strangers)} 个单位" if len(met.strangers) > _NAMED else ""
        said = f"还没有登记{'、'.join(met.strangers[:_NAMED])}{more}的密钥，登记以后才能读入它们的上报。"
        found.append(KeyLine(said, "去登记密钥", *below))
    return tuple(found)


def _duty(row: DutyRow) -> DutyLine:
    return DutyLine(
        due=f"{row.due:%m-%d}" if row.due else "—",
        what=row.rule.title + (f"（{int(row.period[5:])}月）" if row.rule.rhythm is Rhythm.MONTHLY else ""),
        article=row.article,
        left=_left_text(row),
        days=row.days_left,
        kind=_left_kind(row),
        screen=row.rule.screen or "duties",
        more=f"{row.rule.title}{_of(row)}{_until(row)}\n{row.rule.who}\n证明材料：{row.rule.evidence}",
    )


def _is_late(row: DutyRow) -> bool:
    return row.days_left is not None and row.days_left < 0


def _of(row: DutyRow) -> str:
    return f"（{period_words(row.period)}）" if row.period else ""


def _until(row: DutyRow) -> str:
    return f"，{row.due:%Y-%m-%d} 到期" if row.due else ""


def _came(row: CameRow, *, township: bool) -> CameLine:
    """A township's own words: what the superior sent is followed, not received."""
    word = verdict_label(row.verdict.value, counted=row.counted)
    kind: Kind = "done" if row.counted else _KINDS[row.verdict]
    if row.verdict is Verdict.NEW and row.kind is not PackageKind.REPORT:
        word = "已采用"
    if row.own:
        word, kind = "本单位写出的", "plain"
    what = f"{row.period or ''} {kind_label(row.kind.value) if row.kind else ''}".strip()
    first = row.explanation.partition("\n")[0]
    return CameLine(
        f"{row.received_at:%m-%d}",
        row.from_unit or "—",
        what or ("文件" if township else "—"),
        word,
        kind,
        first,
        f"{row.received_at:%Y-%m-%d %H:%M}\n{row.explanation}",
    )


def _returned(row: ReturnedMonth, *, township: bool) -> ReturnedLine:
    places = f"，{row.remarks} 处具体意见" if row.remarks else ""
    said = f"{period_words(row.period)}第 {row.number} 号上报被退回{places}"
    return ReturnedLine(said, f"{said}\n理由：{row.reason}", row.period, "tallies" if township else "report")


def _left_text(row: DutyRow) -> str:
    if row.days_left is None:
        return "—"
    if row.days_left < 0:
        return f"逾期 {-row.days_left} 天"
    return "今天" if row.days_left == 0 else f"剩 {row.days_left} 天"


def _left_kind(row: DutyRow) -> Kind:
    match row.state:
        case DutyState.OVERDUE:
            return "wrong"
        case DutyState.SOON:
            return "due"
        case _:
            return "plain"
