"""Where the bundle starts."""

import sys
from multiprocessing import freeze_support

from annotator.__main__ import main

if __name__ == "__main__":
    freeze_support()  # a process that helps with an import starts here, too
    sys.exit(main())
