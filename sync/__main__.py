"""`python -m sync` is the same as `okr-sheets`."""

from sync.cli import main

if __name__ == "__main__":
    main()
