"""上报: the checklist of a month, the one button, the package's card."""
