"""The guide of the first start: one page per step; everything can be changed later under 单位人员 and 设置."""
