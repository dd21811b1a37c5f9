"""单位人员: the units below, the people in office, since when and until when."""
