"""A finished document read back and held against its facts: siffergaranti and verifiera."""
