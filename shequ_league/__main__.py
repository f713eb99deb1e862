"""`python -m shequ_league`."""

from shequ_league.cli import run

run()
