"""What can be wrong with a tally: its rules, a figure, a reason, a fill-in workbook."""

from __future__ import annotations

from jindu_desk.errors import DeskError


class RulesUnreadable(DeskError):
    sentence = "规则文件读不懂（{where}）。请改正这一处；下发来的规则，请向下发的单位索要新的文件。"


class FormulaUnreadable(DeskError):
    sentence = "规则里的公式“{text}”读不懂。请恢复程序自带的规则，或向下发规则的单位反映。"


class UnknownItemInFormula(DeskError):
    sentence = "规则里的公式用到了台账中没有的项目“{item}”（{where}）。请向下发规则的单位反映。"


class EndedItemInFormula(DeskError):
    sentence = "规则里的“{where}”用到了项目“{item}”，这个项目只统计到 {until}。请一并停用，或改用其他项目。"


class FormulaCycle(DeskError):
    sentence = "规则里的公式互相引用，算不出来（{items}）。请向下发规则的单位反映。"


class DuplicateItem(DeskError):
    sentence = "规则里的项目“{item}”出现了两次。请向下发规则的单位反映。"


class UnknownItem(DeskError):
    sentence = "台账里没有项目“{item}”。请改用目录中的项目。"


class ItemNotOfUnit(DeskError):
    sentence = "“{name}”不在这一行填写。村（社区）的项目填在村（社区）行，队伍人数填在镇（街道）行。"


class ItemEnded(DeskError):
    sentence = "“{name}”只统计到 {until}，本月不再填写。请填其他项目。"


class UnitNotInSheet(DeskError):
    sentence = "这个村（社区）在 {month} 不属于本单位。请在“单位人员”里核对起止月份。"


class DerivedCell(DeskError):
    sentence = "“{name}”由其他项目算出，不能直接填写。请改相关的项目。"


class CarriedCell(DeskError):
    sentence = "“{name}”由上月结转，不能直接填写。需要更正的，请更正上月的期末数。"


class FigureTooLarge(DeskError):
    sentence = "“{text}”太大了，最多可填 {limit}。请核对后重新填写。"


class NilReturnOverFigures(DeskError):
    sentence = "本月已有不为零的数字（{name}：{value}），不能签报零报告。请先清除这些数字，或照实上报。"


class NilReturnOverUnknown(DeskError):
    sentence = "“{name}”标为“未掌握”，不能签报零报告。请先弄清这个数字。"


class NilReturnDeclared(DeskError):
    sentence = "本月已签报零报告，数字不能改。需要填写的，请先撤回零报告。"


class NoNilReturn(DeskError):
    sentence = "本月没有签报零报告，不用撤回。"


class NoFigureForNote(DeskError):
    sentence = "这个格还没有填，不能写备注。请先填数字，或标“无此情况”“未掌握”。"


class NoSuchFinding(DeskError):
    sentence = "这条审核提示已经不在了，可能数字刚刚改过。请看最新的审核结果。"


class HardFindingNeedsFigures(DeskError):
    sentence = "这是必须改正的问题，不能用说明代替。请按提示改正数字。"


class WeakReason(DeskError):
    sentence = "说明“{text}”没有说明原因。请写清楚这个数为什么是对的，例如“本月集中补签协议”。"


class ReasonForEverything(DeskError):
    sentence = "“{text}”已经用来说明本月另外 {count} 类问题。请写清楚这一处的实际情况，不要一句话到处用。"


class WorkbookUnreadable(DeskError):
    sentence = "“{file}”不是能读的 Excel 工作簿。请用本程序导出的填报表，保存为 .xlsx 后再试。"


class CellOutsideTemplate(DeskError):
    sentence = (
        "“{file}”的工作表“{sheet}”在 {ref} 格有内容，远在填报表之外，没有读入。请清空这一格，或重新导出填报表填写。"
    )


class NotATemplate(DeskError):
    sentence = "“{file}”里没有本程序填报表的标记。请重新导出填报表，不要删改表头和隐藏行。"


class WorkbookHasFaults(DeskError):
    sentence = "填报表有 {count} 处问题，没有导入任何数字。第一处：{first}"


class WorkbookFault(DeskError):
    """One place in a fill-in workbook that cannot be taken; ``sheet`` and ``ref`` say where."""

    sentence = "{sheet} {ref}：不能读入。"

    def __init__(self, *, sheet: str, ref: str = "", **facts: object) -> None:
        super().__init__(sheet=sheet, ref=ref, **facts)
        self.sheet, self.ref = sheet, ref


class SheetWithoutMark(WorkbookFault):
    sentence = "工作表“{sheet}”没有填报表的标记。请重新导出填报表，不要自己添加工作表，也不要删改隐藏的第一行。"


class SheetOfOtherMonth(WorkbookFault):
    sentence = "工作表“{sheet}”是 {found} 的填报表，现在打开的是 {month}。请切换到 {found} 再导入，或换一份文件。"


class SheetOfOtherUnit(WorkbookFault):
    sentence = "工作表“{sheet}”不是{township}所属村（社区）的填报表。请核对是不是拿错了文件。"


class SheetTwice(WorkbookFault):
    sentence = "工作表“{sheet}”与“{other}”是同一个村（社区）。请只留一张。"


class SheetOfOtherRules(WorkbookFault):
    sentence = "工作表“{sheet}”是按目录 {found} 导出的，现在的目录是 {version}。请重新导出填报表。"


class UnknownColumn(WorkbookFault):
    sentence = "{sheet} {ref}：“{text}”在一个不认识的列里。请删去自己添加的列，数字填回原来的列。"


class UnknownRow(WorkbookFault):
    sentence = "{sheet} {ref}：目录里没有项目“{text}”。请重新导出填报表，不要自己添加行。"


class TextInNumber(WorkbookFault):
    sentence = "{sheet} {ref}：“{text}”不是数字。“{name}”只能填 0 或正整数，或“无此情况”“未掌握”。"


class BrokenFigure(WorkbookFault):
    sentence = "{sheet} {ref}：公式出错（{text}），“{name}”没有数字。请改成直接填写的数字。"


class FormulaWithoutValue(WorkbookFault):
    sentence = "{sheet} {ref}：“{name}”是没有算出结果的公式。请用 Excel 或 WPS 打开、保存后再试，或直接填写数字。"


class NotAWholeNumber(WorkbookFault):
    sentence = "{sheet} {ref}：“{text}”不行。“{name}”只能填 0 或正整数。"


class TextRefused(WorkbookFault):
    sentence = "{sheet} {ref}：不能读入。{reason}"


class ComputedCellChanged(WorkbookFault):
    sentence = "{sheet} {ref}：“{name}”由上月结转，应为 {right}，表里是 {text}。请恢复原来的数。"


class FigureWhereNoneBelongs(WorkbookFault):
    sentence = "{sheet} {ref}：“{name}”不分社区戒毒和社区康复，这一格不填。请把数字填在左边一格。"


class SheetOfNilReturn(WorkbookFault):
    sentence = "工作表“{sheet}”的村（社区）已签报零报告，数字不能改。需要填写的，请先撤回零报告。"


class CannotProtect(DeskError):
    sentence = "表里的数字互相矛盾，有的小数隐去了也能推算出来（{item}）。请先改正强制审核的问题。"
