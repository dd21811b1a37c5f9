"""What the panel of a package says of it, from its details: who signed, what it is, when, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from jindu_desk.domain.answers import ReceiptState, RemarkPlace
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.queries.exchange.compare import RecordsDifference
from jindu_desk.queries.exchange.details import PackageDetails, RemarkRow
from jindu_desk.queries.exchange.given_reasons import ReasonsForCheck
from jindu_desk.queries.exchange.history import HistoryRow
from jindu_desk.reports.exchange.wording import introduced_text, numbered_text, remark_place_label
from jindu_desk.ui.receive.rows import FileRow
from jindu_desk.ui.receive.words import content_sentence, long_words, runs_in_words

_REFUSED = (Verdict.UNTRUSTED, Verdict.DAMAGED, Verdict.NOT_FOR_US)
_STEPS = {
    "received": "接收",
    "refused": "接收，没有读入",
    "accepted": "认可",
    "returned": "退回",
    "withdrawn": "撤回认可或退回",
    "confirmed": "确认更正",
    "decided": "认定采用这一份",
}
_RECORDS = {
    "meetings": ("例会", "次"),
    "decisions": ("议定事项", "项"),
    "expenses": ("经费", "笔"),
    "budget": ("预算科目", "个"),
    "nil_returns": ("零报告", "份"),
    "reasons": ("核实说明", "条"),
    "units": ("单位", "个"),
    "officials": ("责任人", "名"),
    "attachments": ("附件", "个"),
}


def who_signed(details: PackageDetails) -> str:
    """The unit, the keeper, and how the key came to be known."""
    if not details.sender_name:
        return ""
    name = f"{details.sender_name}（{details.sender_code}）" if details.sender_code else details.sender_name
    if details.row.own:
        return f"{name}，本单位写出的"
    if not details.key_known:
        return f"自称是{name}，未经证实：签名的密钥没有在本单位登记"
    keeper = f"{name}，保管人 {details.keeper}" if details.keeper else name
    if details.key_revoked:
        known = "这把密钥后来已作废"
    elif details.compared_at is not None:
        known = f"密钥已于 {details.compared_at:%Y-%m-%d %H:%M} 核对指纹后登记"
    else:
        by = details.introduced_by
        known = f"密钥{introduced_text(by.unit_name if by else '', by.groups if by else ())}，没有单独核对指纹"
    if details.row.verdict in _REFUSED:
        return f"自称是{name}，没有通过检查"
    return f"{keeper}\n{known}"


def what_it_is(details: PackageDetails) -> str:
    """Whose month, which number and revision, and why it was corrected."""
    kind = details.kind
    if kind is None:
        return ""
    revision = details.revision if kind is PackageKind.REPORT else None
    lines = [content_sentence(kind.value, details.sender_name, details.period), numbered_text(details.number, revision)]
    if details.reason:
        lines.append(f"{reason_name(details)}：{details.reason}")
    return "\n".join(filter(None, lines))


def reason_name(details: PackageDetails) -> str:
    """A first report has a reason too, where a district sends its month without some of its townships."""
    return "更正理由" if (details.revision or 1) > 1 else "说明"


def written_for(details: PackageDetails) -> str:
    """Nothing for a directive: it is for all units of its sender."""
    return "" if details.kind is PackageKind.DIRECTIVE else details.receiver_name


def when(details: PackageDetails) -> str:
    made = f"制作 {details.created:%Y-%m-%d %H:%M}（对方电脑的时间）\n" if details.created else ""
    return f"{made}收到 {details.row.received_at:%Y-%m-%d %H:%M}"


def judgement(details: PackageDetails) -> str:
    """Who accepted or returned it, when and why."""
    if details.judged_at is None or details.state is None:
        return ""
    word = "退回" if details.state is ReceiptState.RETURNED else "认可"
    said = f"{details.judged_at:%Y-%m-%d %H:%M} {details.judged_by} {word}"
    return f"{said}\n理由：{details.state_reason}" if details.state_reason else said


def what_to_do(row: FileRow, details: PackageDetails | None) -> str:
    """The verdict's advice, made definite where the number, the unit or the key is known."""
    usual = long_words(row, details.state if details else None).to_do
    if details is None:
        return usual
    if row.verdict is Verdict.GAP and details.missing:
        missing = runs_in_words(details.missing)
        return (
            f"缺{missing}。请联系{details.sender_name}：在其“上报”页“已写出的包”里选{missing}，点“重新递交”，"
            "把文件再交来。读入以后，这一份会自动计入。"
        )
    if details.unknown_key is not None:
        return (
            f"{_known_before(details)}请用平时的办公电话打给所写的单位，请对方念出指纹（在其“设置”页），逐组核对。"
            "全部一致才登记密钥，登记后这个文件会自动再读一次；有一组不同就不要登记，也不要使用其中的内容。"
        )
    return usual


def _known_before(details: PackageDetails) -> str:
    """A first key is expected; another one beside a key that counts must be explained."""
    unit = details.sender_name or "所写的单位"
    if details.keys_of_unit:
        return (
            f"{unit}在本单位已登记 {details.keys_of_unit} 把密钥，这是另外一把，又没有由已登记的密钥介绍："
            "请问清是不是丢失了旧密钥、换了电脑。"
        )
    return f"{unit}在本单位还没有有效的密钥。"


def remark_lines(remarks: Sequence[RemarkRow]) -> tuple[str, ...]:
    return tuple(
        f"{remark.where or remark_place_label(remark.place.value)}{_whole(remark.place)}：{remark.reason}"
        for remark in remarks
    )


def _whole(place: RemarkPlace) -> str:
    return "（整村）" if place is RemarkPlace.VILLAGE else ""


def history_lines(history: Sequence[HistoryRow]) -> tuple[str, ...]:
    """Who did what when; the first arrival is told by the facts, but stands here for the record."""
    lines = []
    for row in history:
        step = "认定采用同号的另一份" if row.of_other else _STEPS.get(row.step, row.step)
        said = " ".join(filter(None, (f"{row.at:%Y-%m-%d %H:%M}", row.by, step)))
        lines.append(f"{said}：{row.reason}" if row.reason else said)
    return tuple(lines)


def records_words(differences: Sequence[RecordsDifference]) -> tuple[str, ...]:
    """例会 1 次有改动；经费增加 2 笔、减少 1 笔."""
    said = []
    for row in differences:
        name, unit = _RECORDS[row.subject]
        parts = [
            f"{word} {count} {unit}"
            for word, count in (("增加", row.added), ("减少", row.removed), ("改动", row.changed))
            if count
        ]
        said.append(f"{name}{'、'.join(parts)}")
    return tuple(said)


def reasons_title(reasons: Sequence[ReasonsForCheck]) -> str:
    """How many soft findings were explained, and of which checks."""
    counts = "、".join(f"{check.code} {check.name} {len(check.given)}" for check in reasons)
    return f"核实说明 {sum(len(check.given) for check in reasons)} 处（{counts}）"


def reason_lines(reasons: Sequence[ReasonsForCheck]) -> tuple[str, ...]:
    """Each reason under its check and village."""
    return tuple(f"{check.code} {check.name}　{village}：{text}" for check in reasons for village, text in check.given)
