"""The command `finsam`, one thin function per command."""
