"""`python -m finsam` is the command `finsam`."""

from finsam.run.cli import main

main()
