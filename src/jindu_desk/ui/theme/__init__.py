"""The look as data: tokens, the palette and small style sheet made of them, fonts, measures and icons."""
