"""The fonts of this PC's papers, as they were chosen in its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jindu_desk.paths import FolderPaths
from jindu_desk.reports.typesetting.font_files import bundled_file, find_fonts, fits, font_folders, fonts_here
from jindu_desk.reports.typesetting.fonts import FontSet, Role, font_set
from jindu_desk.settings.preferences import read_preferences

_PREFERENCE = "papers.font."


def preference_of(role: Role) -> str:
    """Under which name the layout of the preferences keeps a role's family; empty where nothing is chosen."""
    return f"{_PREFERENCE}{role.value}"


def font_choice(layout: Mapping[str, str]) -> dict[Role, str]:
    """The families that are chosen in a layout, of the roles for which there is a choice."""
    return {role: family for role in Role if (family := layout.get(preference_of(role), ""))}


def paper_fonts(paths: FolderPaths) -> FontSet:
    """What papers made in this data folder are set in."""
    return font_set(choice=font_choice(read_preferences(paths.preferences).layout))


@dataclass(frozen=True, slots=True)
class FontOffer:
    """What a role can be set in on this PC: ``automatic`` is the family that is taken where nothing is chosen;
    ``families`` are all that there are, those made for the role first."""

    role: Role
    automatic: str
    families: tuple[str, ...]


def font_offers() -> tuple[FontOffer, ...]:
    """For each role, what can be chosen."""
    folders = font_folders()
    found = find_fonts(folders)
    families = {font.file.family: font for font in fonts_here(folders)}
    offers = []
    for role in Role:
        made_for_it = {name for name, font in families.items() if fits(font, role)}
        listed = (*sorted(made_for_it), *sorted(families.keys() - made_for_it))
        offers.append(FontOffer(role, found.get(role, bundled_file(role)).family, listed))
    return tuple(offers)
