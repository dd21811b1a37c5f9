"""汇总: sums over the units below, the six rates, who is missing, and what lies behind each figure."""
