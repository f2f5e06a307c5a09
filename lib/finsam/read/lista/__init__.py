"""Saldolistor and huvudböcker: tables of a ledger, as workbooks or text."""
