"""`underlag.xlsx`, the workbook of what is not in the ledger."""
