"""The words of packages, verdicts and answers on paper, by the values of the domain's states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import NotAMonth
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import UNKNOWN, month_text

_KINDS: Final = {"enrolment": "密钥登记包", "directive": "指令", "report": "上报包", "answer": "回执"}
_RECEIPTS: Final = {
    "received": "已收到",
    "accepted": "已认可",
    "returned": "已退回",
    "waiting": "暂未计入",
    "kept_out": "未采用",
}
_PLACES: Final = {
    "report": "整份上报",
    "village": "整村",
    "cell": "台账数字",
    "meeting": "会议",
    "decision": "议定事项",
    "expense": "经费",
}
_AUDIT: Final = {
    "unknown": "尚无前后对照",
    "continues": "与前一次上报相接",
    "broken": "与前一次上报接不上",
}


_IN_A_WORD: Final = {
    "new": "新收",
    "same": "重复",
    "revision": "更正待确认",
    "older": "旧版本",
    "gap": "缺前号，暂存",
    "fork": "编号冲突",
    "not_for_us": "不是发给本单位",
    "untrusted": "来源不可信",
    "damaged": "已损坏",
    "locked": "本月已锁定",
}
_IN_USE: Final = {"revision": "更正已采用", "fork": "已认定采用"}


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """A verdict for people: a sign that needs no colour, a heading, what it means, what to do."""

    sign: str
    heading: str
    meaning: str
    to_do: str


_COUNTS: Final = VerdictWords(
    "✓",
    "可信，已计入汇总",
    "签名有效，内容完整，编号接得上。这个月的数据已经计入汇总。",
    "请看一遍：没有问题就认可；有问题的，退回并写明理由。",
)
_COUNTS_NO_MORE: Final = VerdictWords(
    "－",
    "可信，现在不计入汇总",
    "签名有效，但这一份后来被更正替换，或者已经退回。",
    "以计入汇总的那一份为准；已退回的，等对方更正后再上报。",
)
_ACCEPTED: Final = VerdictWords(
    "✓",
    "已认可，计入汇总",
    "签名有效，内容完整，经办人已看过并认可。这个月的数据计入汇总。",
    "不用再做什么。认可随下一份回执告诉对方；看错了的，可以撤回。",
)
_RETURNED: Final = VerdictWords(
    "↩",
    "已退回，不计入汇总",
    "签名有效，但本单位已写明理由退回。这个月的数据不计入汇总，等对方更正后再上报。",
    "请写回执交给对方，退回的理由和意见随回执带去。看错了的，可以撤回。",
)
_REPLACED: Final = VerdictWords(
    "－",
    "已被更正替换",
    "签名有效，但对方后来更正了这个月，更正的一份已经替换它。这一份只作留存。",
    "不用再做什么。",
)
_NOT_CHOSEN: Final = VerdictWords(
    "－",
    "编号冲突，已认定采用另一份",
    "有两份内容不同的数据包用了同一个编号，或者前后接不上。经核对，已认定采用另一份，理由已记录。这一份只作留存。",
    "请把认定的结果告诉发出单位。认定错了的，可以重新认定。",
)
_TAKEN: Final = VerdictWords(
    "✓",
    "可信，已采用",
    "签名有效，内容完整，编号接得上，已按它更新本单位的登记。",
    "请看列出的变化。有疑问的，请打电话与发出单位核对。",
)
_NOT_TAKEN: Final = VerdictWords(
    "－",
    "可信，没有采用",
    "签名有效，但它的内容没有采用，或者已经由更新的一份代替。",
    "以最新采用的那一份为准。有疑问的，请打电话与发出单位核对。",
)
_CORRECTED: Final = VerdictWords(
    "✓",
    "更正已采用",
    "更正后的数据已经替换原来的数据，计入汇总。原来的一份仍然保存着。",
    "不用再做什么。",
)
_CHOSEN: Final = VerdictWords(
    "✓",
    "编号冲突，已认定采用这一份",
    "有两份内容不同的数据包用了同一个编号，或者前后接不上。经核对，已认定采用这一份，理由已记录。",
    "请把认定的结果告诉发出单位。",
)
_OWN: Final = VerdictWords(
    "－",
    "本单位写出的文件，不用读入",
    "这个文件是本单位自己写出、用本单位的密钥签名的。没有读入，没有改动任何数据。",
    "不用再做什么。要交给别的单位的，照原样交去即可。",
)
_NEW_KEY: Final = VerdictWords(
    "?",
    "新密钥，等核对",
    "签名用的密钥还没有在本单位登记，所以还不能证明是谁发出的。第一次往来、对方换了密钥，都会这样。"
    "文件已保存，没有读入，没有改动任何数据。",
    "请用平时的办公电话打给所写的单位，请对方念出指纹，逐组核对。全部一致才登记密钥，登记后再读入一次；"
    "有一组不同就不要登记，也不要使用其中的内容。",
)
_ENROLLED: Final = VerdictWords(
    "✓",
    "可信，已采用",
    "签名有效，内容完整，编号接得上，已按它更新本单位登记的密钥。",
    "请写一份指令交给对方：对方读入以后，才知道它的密钥已在本单位登记。",
)
_REFUSED: Final = {
    # What was refused as something else by an earlier program is our own all the same.
    **{(verdict, "own"): _OWN for verdict in ("not_for_us", "untrusted", "damaged")},
    ("untrusted", "new_key"): _NEW_KEY,
}
_NONE: Final = VerdictWords(
    "?",
    "没有结论",
    "这个数据包还没有核验。",
    "请在程序里重新读入一次。",
)
_NEW: Final = {
    (True, True): _COUNTS,
    (True, False): _COUNTS_NO_MORE,
    (False, True): _TAKEN,
    (False, False): _NOT_TAKEN,
}
_SAME: Final = {
    "received": "以前的那一份还没有处理：看过没有问题就认可；有问题的，退回并写明理由。",
    "accepted": "以前的那一份已经认可，不用再做什么。看错了的，可以撤回。",
    "returned": "以前的那一份已经退回，等对方更正后再上报；还没有写回执的，请写回执交给对方。看错了的，可以撤回。",
}
_VERDICTS: Final = {
    "same": VerdictWords(
        "＝",
        "重复，没有再读入",
        "与以前收到的一份完全相同。",
        "不用再做什么。",
    ),
    "revision": VerdictWords(
        "!",
        "更正，等待确认",
        "签名有效。对方更正了已经上报过的月份，原来的数据还没有改动。",
        "请在程序里查看逐格差异，与对方核对更正理由，然后确认替换或者退回。",
    ),
    "older": VerdictWords(
        "－",
        "旧版本，没有采用",
        "签名有效，但已经有更新的版本，以新版本为准。",
        "不用再做什么。对方认为应当以这一份为准的，请对方重新打开该月，更正后再上报。",
    ),
    "gap": VerdictWords(
        "…",
        "缺前号，暂存",
        "签名有效，但它前面的编号还没有收到，所以先保存着，不计入汇总。",
        "请向发出单位要缺少的那一号。收到以后，这一份会自动计入。",
    ),
    "fork": VerdictWords(
        "!",
        "编号冲突，等待认定",
        "有两份内容不同的数据包用了同一个编号，或者前后接不上。两份都已保存，原来的数据没有改动。",
        "请打电话与发出单位核对，弄清应当采用哪一份，再到程序里认定并写明理由。",
    ),
    "not_for_us": VerdictWords(
        "→",
        "不是发给本单位的",
        "这个数据包写明了别的收件单位，或者本单位的密钥打不开它。没有读入，没有改动任何数据。",
        "请把文件交还送来的人，并告诉发出单位。",
    ),
    "untrusted": VerdictWords(
        "×",
        "来源不可信，没有读入",
        "不能证明它是所写的单位发出的，或者它在签名之后被改动过。没有读入，没有改动任何数据。",
        "请用平时的办公电话与所写的单位核对。核对清楚以前，不要登记密钥，也不要使用这个文件里的内容。",
    ),
    "damaged": VerdictWords(
        "×",
        "已损坏，没有读入",
        "文件不完整，或者内容不合格式。没有读入，没有改动任何数据。",
        "请重新拷贝一次；还是不行的，请发出单位重新导出。",
    ),
    "locked": VerdictWords(
        "■",
        "本月已锁定，没有读入",
        "签名有效，但本单位已经上报并锁定了这个月，所以先保存着，没有计入。",
        "确实需要计入的，请先写明理由重新打开该月，再读入一次。",
    ),
}


def verdict_words(
    verdict: str,
    kind: str,
    *,
    counted: bool,
    state: str = "",
    other_chosen: bool = False,
    listed: bool = True,
) -> VerdictWords:
    """What is said of a package with this verdict. ``counted``: its content is in use now. ``state``: what became of
    a report (`ReceiptState`), where it is known; ``own`` for what this desk wrote, ``new_key`` where nobody compared
    the key that signed it. ``other_chosen``: in a fork a person decided for another one. ``listed``: the changes that
    it brought are listed beside."""
    if decided := _decided(verdict, state, other_chosen=other_chosen):
        return decided
    if verdict == "new":
        return _new(kind, counted=counted, listed=listed)
    if counted and verdict == "revision":
        return _CORRECTED
    if counted and verdict == "fork":
        return _CHOSEN
    return _VERDICTS.get(verdict, _NONE)


def _decided(verdict: str, state: str, *, other_chosen: bool) -> VerdictWords | None:
    if (refused := _REFUSED.get((verdict, state))) is not None:
        return refused
    if verdict == "same":
        same = _VERDICTS["same"]
        return replace(same, to_do=_SAME.get(state, same.to_do))
    if other_chosen:
        return _NOT_CHOSEN
    if state == "returned":
        return _RETURNED
    if verdict not in ("new", "revision"):
        return None
    return {"accepted": _ACCEPTED, "kept_out": _REPLACED}.get(state)


def _new(kind: str, *, counted: bool, listed: bool) -> VerdictWords:
    if counted and kind == "enrolment":
        return _ENROLLED
    of_report = kind in ("report", "")
    if counted and not of_report and not listed:
        return replace(_TAKEN, to_do="没有变化，不用再做什么。")
    return _NEW[of_report, counted]


def verdict_label(verdict: str, *, counted: bool = False) -> str:
    """The verdict in a word, for lists and sums. ``counted``: what waited for a person is in use now."""
    word = _IN_A_WORD.get(verdict, verdict)
    return _IN_USE.get(verdict, word) if counted else word


def kind_label(kind: str) -> str:
    return _KINDS.get(kind, kind)


def introduced_text(unit_name: str, groups: Sequence[str]) -> str:
    """How a key came to be known that nobody compared. Two groups of a fingerprint tell a unit's keys apart."""
    if not groups:
        return "由已登记的密钥介绍"
    return f"由{unit_name}已登记的密钥（指纹 {' '.join(groups[:2])} …）介绍"


def receipt_state_label(state: str) -> str:
    return _RECEIPTS.get(state, state)


def remark_place_label(place: str) -> str:
    return _PLACES.get(place, place)


def audit_label(state: str) -> str:
    return _AUDIT.get(state, state)


def encrypted_label(encrypted: bool | None) -> str:
    """Nothing where it is not known."""
    if encrypted is None:
        return ""
    return "已加密，只有收件单位能打开" if encrypted else "未加密，拿到文件的人都能读"


def period_text(period: str) -> str:
    """``2026-10`` as ``2026年10月``; what is no month, as it stands."""
    try:
        return month_text(Month.parse(period))
    except NotAMonth:
        return one_line(period)


def number_text(number: int | None) -> str:
    return "" if number is None else f"第 {number} 号"


def revision_text(revision: int | None) -> str:
    """The first report of a month is no correction."""
    if revision is None:
        return ""
    return "首次上报" if revision == 1 else f"更正，第 {revision} 版"


def numbered_text(number: int | None, revision: int | None) -> str:
    """Number and revision in one line."""
    return "，".join(filter(None, (number_text(number), revision_text(revision))))


def size_text(size: int | None) -> str:
    return "" if size is None else f"{size:,} 字节"


def or_dash(text: str) -> str:
    """A dash where nothing is known: on a paper a blank would look like a place to write."""
    return text if one_line(text) else UNKNOWN


NOTHING_NEW = "这个月的内容与上次上报的完全一样，没有任何改动。"
