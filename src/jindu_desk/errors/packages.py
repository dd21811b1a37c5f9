"""What can be wrong with a signed package, in the order in which it is checked.

Three groups, each a verdict of its own: the file is damaged, its origin is not trusted, it is for someone else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from jindu_desk.errors import DeskError


class PackageError(DeskError):
    """Facts may come from the file itself: what would steer a terminal or a log stands there as �."""

    sentence = "这个数据包没有通过检查。请让发出单位重新导出。"

    def __init__(self, **facts: object) -> None:
        super().__init__(**{name: printable(fact) if isinstance(fact, str) else fact for name, fact in facts.items()})


def printable(text: str) -> str:
    """``text`` without line breaks, control, direction and other invisible characters."""
    return "".join(ch if ch.isprintable() else "�" for ch in text)


class DamagedPackage(PackageError):
    sentence = "数据包已损坏。请让发出单位重新导出，再用U盘拷来。"


class UntrustedPackage(PackageError):
    sentence = "数据包的来源不可信，没有读入。请与发出单位电话核对。"


class PackageNotForUs(PackageError):
    sentence = "数据包不是发给本单位的，没有读入。"


# --- the file and its container ---------------------------------------------------------------------------


class PackageTooLarge(DamagedPackage):
    sentence = "文件有 {size} MB，超过数据包的上限 {limit} MB，没有打开。请确认选对了文件。"


class PackageEncrypted(PackageNotForUs):
    sentence = "这个文件是加密的，本机没有能打开它的密钥。请确认它是发给本单位的。"


class SealDamaged(DamagedPackage):
    sentence = "加密的文件打不开：可能没有拷完，或被改动过。请重新拷贝，或让发出单位重新导出。"


class PackageTruncated(DamagedPackage):
    sentence = "文件不完整，像是没有拷完就拔了U盘。请重新拷贝一次。"


class ReasonedError(PackageError):
    """An error whose ``reason`` is a code; its words stand here, beside the sentence."""

    sentence = "数据包没有通过检查（{reason}）。请让发出单位重新导出。"
    reasons: ClassVar[dict[str, str]] = {}

    def __init__(self, *, reason: str, **facts: object) -> None:
        super().__init__(reason=self.reasons[reason], **facts)
        self.reason = reason


class NotAPackage(ReasonedError, DamagedPackage):
    sentence = "这个文件{reason}。请确认选对了文件；没有选错的，请重新拷贝，或让发出单位重新导出。"
    reasons: ClassVar[dict[str, str]] = {"empty": "是空的", "other": "不是数据包，里面不是本程序写出的内容"}


class DataOutsideArchive(ReasonedError, DamagedPackage):
    sentence = "文件的{reason}多出了不属于数据包的内容。请让发出单位重新导出。"
    reasons: ClassVar[dict[str, str]] = {"before": "开头", "between": "中间", "after": "末尾"}


class ArchiveHeadersDisagree(DamagedPackage):
    sentence = "数据包内部两处目录对“{name}”的记载不一致，可能被改动过。请让发出单位重新导出。"


class TooManyMembers(DamagedPackage):
    sentence = "数据包里有 {count} 个文件，上限是 {limit} 个，没有打开。请让发出单位重新导出。"


class MemberNameRefused(ReasonedError, DamagedPackage):
    sentence = "数据包里的文件名“{name}”不允许（{reason}）。没有解开任何内容，请与发出单位核对。"
    reasons: ClassVar[dict[str, str]] = {
        "too_long": "太长",
        "not_ascii": "含有非英文字符",
        "control": "含有控制字符",
        "backslash": "含有反斜杠",
        "absolute": "是绝对路径",
        "drive": "带盘符或数据流标记",
        "traversal": "会跳出所在文件夹",
        "trailing": "以点或空格结尾",
        "reserved": "是系统保留名",
        "folder": "是文件夹",
        "case": "大小写与规定不符",
        "other": "不在规定之列",
    }


class DuplicateMember(DamagedPackage):
    sentence = "数据包里有两个名为“{name}”的文件，无法判断哪个是真的。请让发出单位重新导出。"


class UnexpectedMember(DamagedPackage):
    sentence = "数据包里多出了不该有的文件“{name}”。请让发出单位重新导出。"


class MissingMember(DamagedPackage):
    sentence = "数据包里缺少“{name}”。请让发出单位重新导出。"


class MembersOutOfOrder(DamagedPackage):
    sentence = "数据包里的文件顺序不对（“{name}”处）。请让发出单位重新导出。"


class NotARegularMember(DamagedPackage):
    sentence = "数据包里的“{name}”不是普通文件（链接或文件夹），没有解开。请与发出单位核对。"


class MemberEncrypted(DamagedPackage):
    sentence = "数据包里的“{name}”被加了压缩密码，本格式不允许。请让发出单位重新导出。"


class UnknownCompression(DamagedPackage):
    sentence = "数据包里的“{name}”用了本格式不允许的压缩方式。请让发出单位重新导出。"


class ExtraFieldsRefused(DamagedPackage):
    sentence = "数据包里的“{name}”带有多余的附加信息，像是被别的软件重新打包过。请使用原始文件。"


class UnpackedTooLarge(DamagedPackage):
    sentence = "数据包解开后将有 {size} MB，上限是 {limit} MB，没有解开。请与发出单位核对。"


class CompressionTooHigh(DamagedPackage):
    sentence = "数据包里的“{name}”压缩比高得不正常，可能是恶意文件，没有解开。请与发出单位核对。"


class DescriptorTooLarge(DamagedPackage):
    sentence = "数据包的说明文件超过 {limit} KB，没有打开。请让发出单位重新导出。"


class MemberDamaged(DamagedPackage):
    sentence = "数据包里的“{name}”已损坏，解不开或大小不符。请重新拷贝，或让发出单位重新导出。"


class WrongMimetype(DamagedPackage):
    sentence = "这个文件是普通的压缩包，不是本程序写出的数据包。请确认选对了文件，或让发出单位重新导出。"


# --- the descriptor ---------------------------------------------------------------------------------------


class DescriptorUnreadable(ReasonedError, DamagedPackage):
    sentence = "数据包的说明文件读不懂（{reason}）。请让发出单位重新导出。"
    reasons: ClassVar[dict[str, str]] = {
        "not_utf8": "不是UTF-8文字",
        "not_json": "不是JSON",
        "duplicate": "有重复的项目",
        "too_deep": "层次太深",
        "not_an_object": "不是一个对象",
    }


class DescriptorInvalid(DamagedPackage):
    sentence = "数据包说明文件的“{place}”一项不合格式。请让发出单位用最新版程序重新导出。"


class UnknownKind(DamagedPackage):
    sentence = "不认识这种数据包（{kind}）。请先升级本程序，再读入一次。"


class UnknownFormat(DamagedPackage):
    sentence = "数据包是第 {format} 版格式，本程序只认识第 {known} 版。请先升级本程序，再读入一次。"


# --- signature and signer ---------------------------------------------------------------------------------


class SignatureUnreadable(ReasonedError, UntrustedPackage):
    sentence = "签名读不懂（{reason}），没有读入。请让发出单位重新导出。"
    reasons: ClassVar[dict[str, str]] = {
        "armor": "不是SSH签名格式",
        "version": "版本不认识",
        "structure": "结构不对",
        "algorithm": "算法不是 Ed25519 和 sha512",
    }


class SignatureWrong(UntrustedPackage):
    sentence = "签名与内容不符：数据包在签名之后被改动过，没有读入。请让发出单位重新导出并当面核对。"


class SignatureOfOtherKind(UntrustedPackage):
    sentence = "签名是为另一种数据包（{found}）做的，不能用在这里（应为 {wanted}），没有读入。"


class KeyUnknown(UntrustedPackage):
    sentence = "{unit}的这把密钥还没有登记（指纹 {fingerprint}）。请与对方当面或电话核对指纹，登记密钥后再读入一次。"


class KeyOfOtherUnit(UntrustedPackage):
    sentence = "这把密钥登记在别的单位名下，却用来签{unit}的数据包，没有读入。请与双方核对。"


class KeyRevoked(UntrustedPackage):
    sentence = "签名用的密钥已经作废（指纹 {fingerprint}），没有读入。请让对方用新密钥重新导出。"


class KeyNotForThisKind(UntrustedPackage):
    sentence = "签名用的密钥没有签发这种数据包的权限（{kind}），没有读入。请核对密钥登记。"


class KeyOutsideValidity(UntrustedPackage):
    sentence = "数据包签发时间 {created} 不在密钥的有效期内，没有读入。请核对对方电脑的时钟和密钥登记。"


class RowsOutsideScope(UntrustedPackage):
    sentence = "数据包里有不归该单位、该月份管的内容（{table} 第 {row} 行），没有读入。请与发出单位核对。"


class SenderNotBelow(UntrustedPackage):
    sentence = "按本单位的名册，“{unit}”不是本单位的下级，没有读入。请先核对名册里的上下级关系。"


class OwnKeyUnproven(UntrustedPackage):
    sentence = "指令里新增的密钥（指纹 {fingerprint}）没有由它自己签名证明，没有读入。请与发出单位核对。"


class EnrolmentNotOwn(UntrustedPackage):
    sentence = "密钥登记包没有列出签它的密钥，或列出了别的单位的密钥，没有读入。请让对方重新导出。"


class HistoryBroken(DamagedPackage):
    sentence = "数据包里的历次编号与它自己的编号（第 {number} 号）对不上。请让发出单位重新导出。"


class SenderNotAbove(UntrustedPackage):
    sentence = "“{unit}”不是本单位的上级，它的指令或回执没有采用。请核对本单位的上级，或与对方电话核对。"


# --- receiver ---------------------------------------------------------------------------------------------


class AddressedToOther(PackageNotForUs):
    sentence = "数据包是{sender}发给“{receiver}”的，不是发给本单位的，没有读入。"


class OwnPackage(PackageNotForUs):
    sentence = "这是本单位自己写出的第 {number} 号{what}，不用读入。"


# --- contents ---------------------------------------------------------------------------------------------


class MemberNotListed(DamagedPackage):
    sentence = "“{name}”没有列在数据包的说明文件里，未经签名。请让发出单位重新导出。"


class MemberWrongSize(DamagedPackage):
    sentence = "“{name}”的大小与签名的说明不符，已被改动。请让发出单位重新导出。"


class MemberWrongHash(DamagedPackage):
    sentence = "“{name}”的内容与签名的说明不符，已被改动。请让发出单位重新导出。"


class SchemaDiffers(DamagedPackage):
    sentence = "“{table}”表的栏目定义与本格式不同。请双方都升级到最新版程序后重新导出。"


FAULTS: dict[str, str] = {
    "not_utf8": "不是UTF-8文字",
    "byte_order_mark": "开头有多余的字节序标记",
    "nul": "含有空字符",
    "line_ending": "换行不合规范",
    "quoting": "引号不配对",
    "no_header": "没有标题行",
    "extra_column": "多出一栏",
    "missing_column": "缺少一栏",
    "renamed_column": "栏名不对",
    "cell_count": "栏数不对",
    "missing": "没有填写",
    "too_long": "太长",
    "not_text": "含有不允许的字符或号码",
    "not_a_code": "编码写法不对",
    "not_an_integer": "不是整数",
    "out_of_range": "数值超出范围",
    "negative": "不能是负数",
    "unknown_item": "没有这项指标，或本程序版本太旧",
    "item_of_other_level": "村级指标填在镇级行，或镇级指标填在村级行",
    "not_a_month": "不是月份",
    "not_a_date": "不是日期",
    "not_a_time": "不是时间",
    "not_true_or_false": "不是“是/否”",
    "not_an_option": "不在可选范围内",
    "duplicate_key": "与另一行重复",
    "unknown_reference": "所指的记录不在数据包里",
    "value_without_number": "数值与填报状态不一致",
    "wrong_order_of_dates": "起止时间颠倒",
    "sign_off_incomplete": "签发信息不全",
    "reason_missing": "缺少理由",
    "approval_missing": "缺少批准人",
    "wrong_sign": "金额正负与红字冲销不一致",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a table. ``row`` counts from 1 with the header as row 1; 0 = the whole table."""

    table: str
    row: int
    column: str
    code: str  # of FAULTS
    found: str = ""  # the start of what stands there

    def __str__(self) -> str:
        place = f"{self.table} 第 {self.row} 行" if self.row else self.table
        column = f" {printable(self.column)} 栏" if self.column else ""
        found = f"（“{printable(self.found)}”）" if self.found else ""
        return f"{place}{column}：{FAULTS[self.code]}{found}"


class RowsInvalid(DamagedPackage):
    """Carries every fault found, not only the first."""

    sentence = "数据包的内容有 {count} 处不合规定，没有读入。第一处：{first}。请让发出单位改正后重新导出。"

    def __init__(self, *, faults: Sequence[Fault]) -> None:
        super().__init__(count=len(faults), first=str(faults[0]))
        self.faults = tuple(faults)


class TablesTooLongToList(DamagedPackage):
    sentence = "“{table}”表有 {count} 行，上限是 {limit} 行，没有读入。请让发出单位核对。"
