"""The workbook for who audits: tables with formulas, facts, balances and what each balance consists of."""
