"""What can be wrong with budget lines and the expense book. Amounts in the facts are yuan, already as text."""

from __future__ import annotations

from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import FieldError


class AmountNotPositive(FieldError):
    sentence = "金额要大于 0。要更正已登记的支出，请在该笔支出上点“冲销”。"


class BeyondBudgetLine(FieldError):
    sentence = "“{line}”只剩 {left} 元，这笔 {amount} 元超出 {over} 元，没有登记。请先登记预算调整，或改记到其他科目。"


class BeyondBudgetLineThatDay(BeyondBudgetLine):
    """Later reversals and adjustments make room at the end of the year, but not on the day."""

    sentence = (
        "到 {day} 为止“{line}”只剩 {left} 元，不够这笔 {amount} 元，没有登记。"
        "之后的冲销和追加从自己的日期起才算数。请核对日期，或改记到其他科目。"
    )


class RestrictedMoney(FieldError):
    sentence = "“{line}”是专款，只能用于“{allowed}”，不能用于“{wanted}”。请改类别，或改记到其他科目。"


class UnknownCategory(FieldError):
    sentence = "没有“{category}”这个类别。请从列表中选择。"


class DateOutsideBudgetYear(FieldError):
    sentence = "日期 {date} 不在该预算科目的年度 {year} 年内。请改日期，或改记到当年的科目。"


class PayeeLooksLikeAPerson(FieldError):
    sentence = (
        "收款单位“{payee}”像是人名。这里只写单位全称，不写个人姓名；"
        "发给个人的款项请把收款方式改为“凭证编号”，只写领款凭证的编号。"
    )


class PayeeNotAUnit(FieldError):
    sentence = (
        "“{payee}”看不出是单位。请写单位全称，例如“某某有限公司”“某某文具店”，不写个人姓名和称呼；"
        "发给个人的款项请把收款方式改为“凭证编号”，只写领款凭证的编号。"
    )


class PayeeMustBeCoded(FieldError):
    sentence = "“{category}”发给个人，不能写收款人。请把收款方式改为“凭证编号”，只写领款凭证的编号，例如 JL-2026-003。"


class PayeeMustBeAUnit(FieldError):
    sentence = "“{category}”要写明收款单位，不能只写凭证编号。请填写收款单位全称。"


class NotAReceiptCode(FieldError):
    sentence = "“{payee}”不是凭证编号。编号只用字母、数字和短横，并且要有数字，例如 JL-2026-003。"


class NotAClassification(FieldError):
    sentence = "“{text}”不是支出经济分类科目。请填写 5 位数字，例如 30202。"


class AlreadyReversed(DeskError):
    sentence = "第 {number} 号支出已经由第 {by} 号冲销，不能再冲销一次。如需重新登记，请新增一笔。"


class ReversalOfReversal(DeskError):
    sentence = "第 {number} 号本身就是冲销记录，不能再冲销。如需恢复原来的支出，请新增一笔。"


class ReversalBeforeEntry(FieldError):
    sentence = "冲销日期 {date} 早于原支出的日期 {first}。请改为当天或以后的日期。"


class ReversalBeforeBatch(FieldError):
    sentence = "冲销日期 {date} 早于这一批里第 {number} 号支出的日期 {latest}。请改为 {latest} 或以后的日期。"


class AdjustmentIsZero(FieldError):
    sentence = "调整金额不能为 0。追加填正数，调减填负数，例如 -5000。"


class AdjustmentBelowSpent(FieldError):
    sentence = (
        "调减后“{line}”到 {day} 只有 {adjusted} 元，少于已支出的 {spent} 元，没有登记。请减少调减的金额，或核对日期。"
    )


class BudgetLineExists(FieldError):
    sentence = "{year} 年已有“{line}”这个科目。请在原科目上登记调整，不要重复新建。"


class BudgetLineInUse(DeskError):
    sentence = "“{line}”已有支出或调整记录，不能直接修改或删除。要改金额，请登记预算调整。"


class NegativeBudget(FieldError):
    sentence = "年初预算不能小于 0。请填写元，例如 50000。"


class NoBudgetLine(DeskError):
    sentence = "这个预算科目已经不在了。请刷新后重新选择。"


class NoExpense(DeskError):
    sentence = "这笔支出已经不在了。请刷新后再试。"


class NoLinesToCopy(DeskError):
    sentence = "{year} 年没有预算科目可以沿用。请点“新建预算科目”。"


class RepeatedVoucher(FieldError):
    """Asked, not refused: the same operation with ``confirmed=True`` goes through."""

    sentence = "凭证号“{voucher}”本年已用于第 {number} 号支出（{date}，{amount} 元）。确认不是重复登记后再保存。"


class DateAhead(FieldError):
    """Asked, not refused: the clock of the PC may be the one that is wrong."""

    sentence = "日期 {date} 晚于今天（{today}）。确认日期没有写错后再保存。"


class NotEvidence(DeskError):
    sentence = (
        "“{name}”不能作为支出的附件。可以添加照片（JPG、PNG、HEIC 等）、PDF、OFD 和办公文档；"
        "其他文件请先转为 PDF 或压缩为 ZIP。"
    )
