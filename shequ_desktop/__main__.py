"""`python -m shequ_desktop`: the command line, for where no script is installed."""

from shequ_desktop.cli.main import run

if __name__ == "__main__":
    run()
