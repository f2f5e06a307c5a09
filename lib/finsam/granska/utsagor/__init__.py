"""Rules for what is said in words: references, persons, days, counts, shares and named amounts."""
