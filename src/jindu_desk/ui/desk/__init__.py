"""工作台: the month at a glance, what is due, what came back."""
