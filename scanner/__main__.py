"""`python -m scanner`: the command line, also where no script is on the path."""

from scanner.cli import main

main()
