"""Reading what sentences say, so that words and figures can be held against each other. No check is made here."""
