"""A published report that someone else has made: read, understood and held against itself.

The rooms: `lasa` makes lines, tables and sentences of a file, `regler` finds what cannot all be true. Nothing in a file
is executed and nothing is fetched; there is no model, only rules.
"""
