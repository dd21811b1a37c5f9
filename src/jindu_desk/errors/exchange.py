"""What can stop a report, a receipt or the keeping of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import FieldError

# --- keys -------------------------------------------------------------------------------------------------

# A city has no 上报, so that its keys are changed where it directs; 设置 makes a key on every tier.
_CHANGED_IN = "“上报”页的“与上级往来”（市在“下发”页的“密钥”）"


class NoSigningKey(DeskError):
    sentence = "本机还没有签名密钥。请先在“设置”页点“生成签名密钥”。"


class SigningKeyExists(DeskError):
    sentence = f"本机已经有签名密钥（指纹 {{fingerprint}}）。如要更换，请到{_CHANGED_IN}更换。"


class SigningKeyUnreadable(DeskError):
    sentence = (
        f"保存的签名密钥读不出来，可能已损坏。请到{_CHANGED_IN}按密钥丢失重新生成，并请登记过它的单位重新登记指纹。"
    )


class IdentityUnreadable(DeskError):
    sentence = (
        f"保存的解密密钥读不出来，可能已损坏。请到{_CHANGED_IN}按密钥丢失重新生成，"
        "并把新的密钥登记包（市是指令）交出去。"
    )


class RecipientUnreadable(DeskError):
    sentence = "收件单位的加密公钥读不出来。请让对方重新导出密钥登记包或指令。"


class PassphraseNeeded(DeskError):
    sentence = "这台电脑没有系统密码库，密钥要用口令保护。请输入口令；自动运行时可设置环境变量 JINDU_DESK_PASSPHRASE。"


class PassphraseTooShort(DeskError):
    sentence = "口令太短，至少要 {least} 个字符。请换一个长一些、只有您知道的口令。"


class PassphraseWrong(DeskError):
    sentence = "口令不对，密钥没有打开。请再做一次刚才的操作，会重新问口令。"


class KeyringRefused(DeskError):
    sentence = "系统密码库没有打开（{reason}）。请解锁系统密码库（登录密钥环）后再试。"


class NotAPublicKey(DeskError):
    sentence = "这不是一行公钥。公钥以“ssh-ed25519 AAAA”开头，请从对方的密钥登记表完整复制。"


class FingerprintDiffers(DeskError):
    sentence = "核对的指纹与这把密钥不一致，没有登记。请与对方重新核对，一个字符也不能差；不一致时不要读入对方的文件。"


class KeyAlreadyTrusted(DeskError):
    sentence = "这把密钥已经登记在{unit}名下。"


class KeyTrustedForOther(DeskError):
    sentence = "这把密钥已登记在{unit}名下，一把密钥只能属于一个单位。请核对后再登记。"


class RosterUnreadable(DeskError):
    sentence = "签名人名册第 {line} 行读不懂（{reason}）。请使用本程序导出的 allowed_signers 文件。"
    reasons: ClassVar[dict[str, str]] = {
        "form": "写法不对",
        "certificate": "不支持证书",
        "key": "不是 ssh-ed25519 公钥",
        "time": "有效期写法不对",
    }

    def __init__(self, *, line: int, reason: str) -> None:
        super().__init__(line=line, reason=self.reasons[reason])


class KeyChangeUnderWay(DeskError):
    sentence = "已经有一把等着接替的密钥。请先把写出的密钥登记包（或指令）交出去，再启用它。"


class NoKeyToFollow(DeskError):
    sentence = "没有等着接替的密钥。要更换密钥，请先生成接替的密钥。"


class NoSuchSent(DeskError):
    sentence = "没有找到第 {number} 号的发送记录。请刷新列表后再试。"


class SentCopyMissing(DeskError):
    sentence = "本机保存的第 {number} 号副本找不到或已被改动，不能重新递交。请从备份恢复“sent”文件夹后再试。"


class ListsLostKey(DeskError):
    sentence = (
        "第 {number} 号{what}是用已作废的密钥签的，里面列的也是那把密钥，重新递交别人也不能相信。请写一份新的{what}。"
    )


class NoSuchSigner(DeskError):
    sentence = "没有找到这把密钥的登记。请刷新列表后再试。"


def _shortened(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + (f" 等 {len(names)} 个" if len(names) > 3 else "")


def with_own_row(villages: str, township: str) -> str:
    """Villages in words, and after them the row that ``township`` fills of itself, block M; it is no village."""
    return "，".join(filter(None, (villages, f"{township}队伍" if township else "")))


# --- report -----------------------------------------------------------------------------------------------


class NotReadyToReport(DeskError):
    """``missing``: per requirement its code, how many things stand in the way, the units below concerned, and the own
    unit's name if its own row is."""

    sentence = "{month} 还不能上报：{missing}。请按“上报”页的清单逐项完成。"
    requirements: ClassVar[dict[str, str]] = {
        "townships": "还没有一个镇（街道）的上报计入",
        "signatures": "有的镇（街道）签名密钥已经作废，要用新密钥重新递交（{names}）",
        "meeting": "月协调例会还没有签发纪要",
        "villages": "还有未填的台账（{names}）",
        "checks": "有 {count} 处强制审核没有通过（{names}）",
        "reasons": "有 {count} 处核实项没有写明理由（{names}）",
        "receiver": "还没有设置上级单位",
        "key": "本机还没有签名密钥",
    }

    def __init__(self, *, month: str, missing: Sequence[tuple[str, int, Sequence[str], str]]) -> None:
        words = [
            self.requirements[code].format(count=count, names=with_own_row(_shortened(names), own))
            for code, count, names, own in missing
        ]
        super().__init__(month=month, missing="；".join(words))
        self.missing = tuple(code for code, *_ in missing)


class NoReceiver(DeskError):
    sentence = "还没有设置上级单位，不知道上报给谁。请在“单位人员”里填写本单位的上级。"


class MonthAlreadyReported(DeskError):
    sentence = "{month} 已经上报并锁定（第 {number} 号）。如需更正，请先填写理由重新打开该月。"


class MonthNotReported(DeskError):
    sentence = "{month} 没有锁定，不需要重新打开。"


class ReopenReasonMissing(DeskError):
    sentence = "重新打开已上报的月份要写明理由。请填写理由后再试。"


class TargetNotAFolder(DeskError):
    sentence = "“{folder}”不是文件夹或已不在。请重新选择，并检查U盘是否插好。"


class ReportsRecalled(DeskError):
    """Told once: what was found is recorded already."""

    sentence = (
        "恢复备份之后，记录里少了本机曾写出的第 {numbers} 号数据包{months}。"
        "现已补记，已上报的月份重新锁定，这次没有写出文件。"
        "请核对后再上报；如需更正这些月份，请先重新打开。"
    )

    def __init__(self, *, numbers: Sequence[int], months: Sequence[str]) -> None:
        super().__init__(numbers="、".join(map(str, numbers)), months=f"（{'、'.join(months)}）" if months else "")


class ReadBackDiffers(DeskError):
    sentence = "写到“{folder}”的文件读回来与原件不一致，已删除，编号没有使用。请换一个U盘再试。"


class TargetExists(DeskError):
    sentence = "“{file}”已经存在，内容不同，没有覆盖。请换一个文件夹，或先移走原文件。"


# --- receive ----------------------------------------------------------------------------------------------


class NoSuchReceived(DeskError):
    sentence = "没有找到这个数据包的接收记录。请刷新列表后再试。"


class NotAFork(DeskError):
    sentence = "这个数据包没有编号冲突，不需要认定。"


class NotARevision(DeskError):
    sentence = "这个数据包不是待确认的更正，不需要确认。"


class DecisionReasonMissing(DeskError):
    sentence = "认定采用哪一份要写明理由。请填写理由后再试。"


class DecisionReasonWeak(FieldError):
    sentence = "“{reason}”没有说明为什么这样认定，以后无法查对。请写清楚怎样核对的、为什么采用这一份。"


class MonthClosedHere(DeskError):
    sentence = "{month} 在本单位已经上报并锁定，不能再改动。请先重新打开该月。"


class VillageOfOther(DeskError):
    sentence = "数据包里的{village}在本单位的名册里归{owner}管，没有读入。请先核对单位名册。"


class ReceivedFileMissing(DeskError):
    sentence = "接收时保存的原件“{file}”找不到或已被改动。请从备份恢复，或让发出单位重新提供。"


class KeyIsRevoked(DeskError):
    sentence = "这把密钥已经作废，不能再登记。请让对方生成新的密钥。"


class RecordOfOther(DeskError):
    sentence = "数据包里有的记录与本单位已有的其他记录编号相同，没有读入。请与发出单位核对。"


class NotJudgeable(DeskError):
    sentence = "这一份现在不能这样处理：只有计入汇总的上报包可以认可，接在编号里的上报包可以退回。请刷新列表后再看。"


class ReturnReasonWeak(FieldError):
    sentence = "“{reason}”没有说明问题，对方不知道要改什么。请写清楚哪里不对、要怎样改。"


class RemarkElsewhere(DeskError):
    sentence = "有一条退回意见所指的位置不在这份上报里。请在这份上报的内容里重新选择位置。"


class NothingToUnlock(DeskError):
    sentence = "还没有收到过该单位 {month} 的上报，不需要解锁。"


class NobodyToAnswer(DeskError):
    sentence = "没有选择要写回执的下级单位。请至少选择一个。"


class ReadableByAnyone(DeskError):
    sentence = (
        "还没有读入{receiver}的指令，不知道它的加密公钥：写出的文件谁拿到都能读，没有写出。"
        "请先读入上级的指令；确实要写出不加密的文件，请加上 --readable。"
    )


class NotADirector(DeskError):
    sentence = "指令由辖市（区）和市下发，镇（街道）不用写指令。"


class RulesRefused(DeskError):
    sentence = "指令里的规则读不懂（{reason}），整份指令没有采用。请让发出单位检查规则后重新下发。"


# What is said of a package that was read, by the value of its verdict.
VERDICT_SENTENCES: dict[str, str] = {
    "new": "{period} 已读入，计入汇总。",
    # Follows the sentence of a package that counts.
    "violations": "数据有 {count} 处不符合审核规则：{first}",
    # Follows the sentence of a package whose sender's audit chain does not contain what its report before showed.
    "audit_broken": "对方的变更记录接不上前一次上报：可能恢复过旧备份，或有记录被改动、删除。请与对方核对原因。",
    "same": "与已收到的第 {number} 号完全相同，没有再读入。",
    "revision": "{period} 的更正（第 {revision} 版，理由：{reason}）。已保存，查看差异并确认后才替换原数据。",
    "confirmed": "{period} 的更正（第 {revision} 版）已确认，替换了原数据。",
    "replaced": "{period} 已由更正替换，这一份不再计入汇总。",
    "returned": "{period} 已退回，这一份不再计入汇总，等对方更正后再上报。",
    "older": "{period} 已有更新的版本，这一份（第 {revision} 版）没有采用。",
    "gap": "先收到了第 {number} 号，还缺第 {missing} 号。已保存，补齐后自动计入。",
    "fork": (
        "第 {number} 号与已收到的不一致（编号相同而内容不同，或前后接不上）。"
        "两份都已保存，原数据没有改动，请核对后认定。"
    ),
    "decided": "第 {number} 号已认定采用这一份：{decided}",
    # These are followed by a line for each key that is new or ended.
    "enrolled": "第 {number} 号密钥登记包已采用：对方现在有效的签名密钥 {keys} 把、加密公钥 {recipients} 把。",
    "enrolled_same": (
        "第 {number} 号密钥登记包已采用，没有变化：对方现在有效的签名密钥 {keys} 把、加密公钥 {recipients} 把。"
    ),
    "key_new": "新登记签名密钥，指纹 {fingerprint}。",
    "key_ended": "签名密钥作废，以后用它签的不再读入，指纹 {fingerprint}；对方写的理由：{reason}。",
    "key_ended_without_reason": "签名密钥作废，以后用它签的不再读入，指纹 {fingerprint}；对方没有写理由。",
    "recipient_new": "新登记加密公钥：以后写给对方的文件加密给它。",
    "recipient_ended": "旧的加密公钥停用：以后写给对方的文件，旧密钥打不开。",
    # These are followed by a line for each thing that changed.
    "directed": "第 {number} 号指令已采用，变化 {count} 处。",
    "directed_same": "第 {number} 号指令已采用，没有变化。",
    "rosters": "第 {number} 号指令已保存，按它登记了 {keys} 把下级单位的密钥，用来核对随附的数据包。",
    "answered": "第 {number} 号回执已采用。上级已连续收到第 {highest} 号为止。",
    "same_snapshot": "与已采用的第 {number} 号完全相同，没有再读入。",
    "older_snapshot": "已经采用了更新的第 {newest} 号，这一份（第 {number} 号）没有采用。",
    "fork_snapshot": (
        "第 {number} 号与已采用的前后接不上（编号相同而内容不同，或历次编号对不上）。"
        "已保存，没有采用。请打电话与发出单位核对后认定。"
    ),
    "locked": "{period} 在本单位已经上报并锁定，这一份已保存但没有读入。请先重新打开该月，再读入一次。",
}

# What stands behind a file's name when the same package is handed out once more beside it.
AGAIN = "再递交"
# What a file is called, by the value of its kind; a report is called by its month.
FILE_WORDS: dict[str, str] = {"enrolment": "密钥登记", "directive": "指令", "report": "上报", "answer": "回执"}
