"""What can stop a report, a receipt or the keeping of keys."""

from __future__ import annotations

from typing import ClassVar

from jindu_desk.errors import DeskError

# --- keys -------------------------------------------------------------------------------------------------


class NoSigningKey(DeskError):
    sentence = "本机还没有签名密钥。请先在“上报”页点“生成签名密钥”。"


class SigningKeyExists(DeskError):
    sentence = "本机已经有签名密钥（指纹 {fingerprint}）。如要更换，请先在“上报”页作废旧密钥。"


class SigningKeyUnreadable(DeskError):
    sentence = "保存的签名密钥读不出来，可能已损坏。请在“上报”页重新生成，并请上级单位重新登记指纹。"


class PassphraseNeeded(DeskError):
    sentence = "这台电脑没有系统密码库，密钥要用口令保护。请输入口令；自动运行时可设置环境变量 JINDU_DESK_PASSPHRASE。"


class PassphraseTooShort(DeskError):
    sentence = "口令太短，至少要 {least} 个字符。请换一个长一些、只有您知道的口令。"


class PassphraseWrong(DeskError):
    sentence = "口令不对，密钥没有打开。请再输入一次。"


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


class NoSuchSigner(DeskError):
    sentence = "没有找到这把密钥的登记。请刷新列表后再试。"


# --- report -----------------------------------------------------------------------------------------------


class NotReadyToReport(DeskError):
    """``missing`` lists what stands in the way, already in words."""

    sentence = "{month} 还不能上报：{missing}。请按“上报”页的清单逐项完成。"


class NoReceiver(DeskError):
    sentence = "还没有设置上级单位，不知道上报给谁。请在“单位人员”里填写本单位的上级。"


class NotATownship(DeskError):
    sentence = "只有镇（街道）才用这里上报。"


class MonthAlreadyReported(DeskError):
    sentence = "{month} 已经上报并锁定（第 {number} 号）。如需更正，请先填写理由重新打开该月。"


class MonthNotReported(DeskError):
    sentence = "{month} 没有锁定，不需要重新打开。"


class ReopenReasonMissing(DeskError):
    sentence = "重新打开已上报的月份要写明理由。请填写理由后再试。"


class TargetNotAFolder(DeskError):
    sentence = "“{folder}”不是文件夹或已不在。请重新选择，并检查U盘是否插好。"


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


class MonthClosedHere(DeskError):
    sentence = "{month} 在本单位已经上报并锁定，不能再改动。请先重新打开该月。"


class VillageOfOther(DeskError):
    sentence = "数据包里的{village}在本单位的名册里归{owner}管，没有读入。请先核对单位名册。"


class ReceivedFileMissing(DeskError):
    sentence = "接收时保存的原件“{file}”找不到或已被改动。请从备份恢复，或让发出单位重新提供。"
