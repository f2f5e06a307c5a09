"""The command `finsam`, one thin function per command."""

from finsam.run.cli.svenska import tala_svenska
from finsam.run.miljo import städa_sällan

städa_sällan()  # as soon as can be: the process ends with its command
tala_svenska()  # before any command is declared: click takes some of its words then
