"""SIE 1–4, the text format."""
