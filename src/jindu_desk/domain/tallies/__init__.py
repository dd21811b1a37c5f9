"""Tallies: counts per village, month and item; never persons (戒毒条例 Art. 7)."""
