"""What can be wrong when a district sets rules or deadlines."""

from __future__ import annotations

import re

from jindu_desk.errors import DeskError

_PLACE = re.compile(r"([a-z_]+):([0-9]+):([0-9]+)")


class RulesAreDirected(DeskError):
    sentence = "规则和时限由上级下发，本级不能自己改。需要调整的，请向上级反映。"


class RulesOfReportedMonth(DeskError):
    sentence = "{month} 已有上报的数据，那个月的规则不能再改。请把起始月份改为 {month} 之后。"


class RulesNeedNewVersion(DeskError):
    sentence = "版本号 {version} 已经用在另一份内容不同的规则上。请在文件里改一个新的版本号，例如 {example}。"


class ItemDropped(DeskError):
    sentence = "项目“{name}”（{item}）不能从目录里删掉，以前月份还要用它。请保留它，用 valid_until 写明最后月份。"


class ItemChanged(DeskError):
    sentence = (
        "项目“{name}”（{item}）不能在时点数和期间数之间、村级和镇级之间变换。请停用这个项目，另设一个新编号的项目。"
    )


class ItemCannotOpen(DeskError):
    sentence = "项目“{name}”（{item}）不能改为从上月结转，已在使用的村（社区）没有地方填第一个期初数。请改为每月填写。"


class UnknownCheck(DeskError):
    sentence = "现行规则里没有审核“{check}”。请从列表中选择。"


class NoRulesToDrop(DeskError):
    sentence = "从 {month} 起没有本级设定的这份规则，不用恢复。"


class DeadlineOfNoDate(DeskError):
    sentence = "“{duty}”没有可以设定的时限。请选择按月、按半年或按年的职责。"


class DeadlineDoesNotFit(DeskError):
    sentence = "“{duty}”的时限填得不对。按月的填月后天数（0～31），按半年的填两个日期，按年的填一个日期。"


class NotARuleFile(DeskError):
    sentence = "“{file}”不是规则文件。请选择UTF-8编码的文本文件（.toml），大小不超过 {limit} KB。"


class RuleFileRefused(DeskError):
    """A rule file that somebody chose, and why it was not taken."""

    sentence = "“{file}”没有采用。{reason}"

    def __init__(self, *, file: str, refusal: DeskError) -> None:
        said = str(refusal)
        for name, line, column in _PLACE.findall(said):
            said = said.replace(f"{name}:{line}:{column}", f"第 {line} 行第 {column} 列")
        super().__init__(file=file, reason=said)
