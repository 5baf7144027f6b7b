"""Where the bundle starts."""

import sys

from annotator.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
