"""上报: the month's checklist, the one button, the package's card; and the dealings with the superior."""
