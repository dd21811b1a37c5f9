"""What was answered so far. Frozen: a step takes the answers and gives new ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jindu_desk.domain.units import Tier
from jindu_desk.operations.units import OfficialDraft, SetUp, UnitDraft
from jindu_desk.queries.shipped_units import ShippedUnit, shipped_below, shipped_unit

TIER_WORD = {Tier.TOWNSHIP: "镇（街道）", Tier.DISTRICT: "辖市（区）", Tier.CITY: "市"}
BELOW_WORD = {Tier.TOWNSHIP: "村（社区）", Tier.DISTRICT: "镇（街道）", Tier.CITY: "辖市（区）"}


@dataclass(frozen=True, slots=True)
class Answers:
    """``below`` is None until the own unit is known."""

    tier: Tier = Tier.TOWNSHIP
    own: UnitDraft | None = None
    superior: UnitDraft | None = None
    below: tuple[UnitDraft, ...] | None = None
    officials: tuple[OfficialDraft, ...] = ()
    directors: tuple[OfficialDraft, ...] = ()
    keeper: str = ""

    def with_tier(self, tier: Tier) -> Answers:
        return self if tier is self.tier else Answers(tier=tier, keeper=self.keeper)

    def with_own(self, own: UnitDraft) -> Answers:
        """Another unit also means other units below and above: those of the shipped list are proposed."""
        if self.own == own:
            return self
        listed = shipped_unit(own.code) if own.code else None
        above = shipped_unit(listed.parent) if listed is not None else None
        below = tuple(draft_of(unit) for unit in shipped_below(own.code)) if listed is not None else ()
        return replace(self, own=own, superior=draft_of(above) if above else None, below=below, directors=())

    def set_up(self) -> SetUp:
        """For `operations.units.set_up_folder`."""
        if self.own is None:
            raise ValueError("the guide is not finished")
        superior = None if self.tier is Tier.CITY else self.superior
        below = self.below or ()
        kept = {unit.id for unit in below}
        directors = [director for director in self.directors if director.unit_id in kept]
        return SetUp(self.own, superior, below, (*self.officials, *directors), self.keeper)


def draft_of(unit: ShippedUnit) -> UnitDraft:
    """A unit of the shipped list keeps its identity, so that all copies of the program mean the same one."""
    return UnitDraft(name=unit.name, tier=unit.tier, code=unit.code, id=unit.id)
