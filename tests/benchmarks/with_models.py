"""`python -m tests.benchmarks.with_models MODULE [WORD ...]`: calls its `main` with the words.

Models can be imported only once Django is ready, so a script that needs them can't be run itself.
"""

import importlib
import sys

import django

if __name__ == "__main__":
    django.setup()
    importlib.import_module(sys.argv[1]).main(*sys.argv[2:])
