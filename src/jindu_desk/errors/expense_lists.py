"""What can be wrong with a finance office's list of expenses, and with one row of it."""

from __future__ import annotations

from jindu_desk.errors import DeskError


class ListUnreadable(DeskError):
    sentence = "“{file}”读不懂。请用 .xlsx，或者用逗号、制表符分隔的 .csv（UTF-8 或 GB18030 编码），最大 20 MB。"


class ListTooLong(DeskError):
    sentence = "“{file}”超过 {limit} 行，没有读入。请按月份拆开后分几次导入。"


class ListTooWide(DeskError):
    sentence = "“{file}”超过 {limit} 列，没有读入。请只留下需要的列后再试。"


class ListEmpty(DeskError):
    sentence = "“{file}”里没有数据行。请检查是否选对了文件和工作表。"


class ColumnsMissing(DeskError):
    sentence = "还没有指定“{fields}”在哪一列。请在上面选定后再试读。"


class ColumnTwice(DeskError):
    sentence = "第 {column} 列“{heading}”同时用作“{fields}”。一列只能用一次，请改正。"


class NoImport(DeskError):
    sentence = "找不到这一批导入。请重新打开“经费”页后再试。"


class ImportReversed(DeskError):
    sentence = "这一批导入的支出都已冲销，没有可冲销的。"


class ListChanged(DeskError):
    """Between the dry run and the import somebody booked something."""

    sentence = "试读之后账上有了变动，结果不同了，一笔也没有导入。请重新试读后再导入。"


class NothingToImport(DeskError):
    sentence = "没有可以导入的行。请看每一行的说明，改正清单后再试。"


class RedEntry(DeskError):
    sentence = (
        "金额“{amount}”是负数（红字）或退款。清单里看不出它冲销哪一笔，不能导入；请在账上选中原来的支出，点“冲销”登记。"
    )


class AmountMissing(DeskError):
    sentence = "没有金额。请在清单里补上金额。"


class RowWithoutLine(DeskError):
    sentence = "没有对应的预算科目。请在“科目对应”里为“{text}”选定本年的科目。"


class UnknownCategoryName(DeskError):
    sentence = "类别“{text}”不在类别表里。请改成类别表里的名称，或者不导入这一列。"


class UnknownMethodName(DeskError):
    sentence = "支付方式“{text}”不认识。请改为转账、国库集中支付、公务卡或现金。"


class NotACountOfPapers(DeskError):
    sentence = "附件张数“{text}”不是整数。请改正后再导入。"


class BrokenListCell(DeskError):
    sentence = "{ref} 格是公式错误或没有算出结果（{text}）。请在表格软件里重新计算并保存后再导入。"


class RowAhead(DeskError):
    sentence = "日期 {date} 晚于今天（{today}）。请核对日期；确实要提前登记的，请在“登记支出”里单独登记。"


class LikeVoucher(DeskError):
    """A row that looks like one that is in the book."""

    sentence = "凭证号“{voucher}”本年已用于第 {number} 号支出（{date}，{amount} 元），像是重复。"


class LikeEntry(DeskError):
    sentence = "与第 {number} 号支出的日期、金额、摘要相同，像是重复。"


class LikeRow(DeskError):
    sentence = "与清单第 {row} 行的日期、金额、摘要相同，像是重复。"


class IsTotal(DeskError):
    sentence = "这是合计行，跳过。"


class ListRowRefused(DeskError):
    """How a row's refusal is told: its number and the reason."""

    sentence = "第 {row} 行：{reason}"
