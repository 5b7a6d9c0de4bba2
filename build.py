#!/usr/bin/env python3
"""Check a dossier and build its site: `build.py --help` says how. Everything else is in the package `dossier`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # whoever runs this file may have any Python
    print("build.py: Python 3.11 or newer is needed: 'make site' finds one", file=sys.stderr)
    sys.exit(2)

from dossier.cli import main

if __name__ == "__main__":
    sys.exit(main())
