"""`python -m finsam` is the command `finsam`.

Python puts the working folder first among the places it imports from, and a package to verify can hold a `yaml.py`. It
is taken away before anything is imported from there; what Python itself has imported by then (`finsam`, `typing`) it
cannot undo, so in a folder from somebody else the command `finsam` is used, or `python -P -m finsam`.
"""

import os
import sys

try:
    här = os.path.realpath(os.getcwd())
except OSError:  # the folder one stands in is no more
    här = ""
if här and här != os.path.dirname(os.path.dirname(os.path.realpath(__file__))):
    sys.path[:] = [mapp for mapp in sys.path if os.path.realpath(mapp) != här]

from finsam.run.cli.kommandon import main

main()
