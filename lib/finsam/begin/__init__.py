"""`finsam nytt`: a new förbund from its ledger, a year rolled to the next, and the workbook's template."""
