"""How fast the program is and how much memory it takes, each figure beside its floor: `python -m tests.bench`."""
