"""The command `finsam`, one thin function per command."""

from finsam.run.cli.svenska import tala_svenska

tala_svenska()  # before any command is declared: click takes some of its words then
