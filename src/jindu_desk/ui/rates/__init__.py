"""The rates one by one, for every screen that shows them: formula, months, who weighs most, and their paper."""
