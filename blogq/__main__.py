"""Run blogq as a module: ``python -m blogq``."""

from blogq.cli import main

if __name__ == "__main__":
    main()
