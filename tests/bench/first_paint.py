"""A process that ends after its first paint and says how long that took: `python -m tests.bench.first_paint [PROJECT]`.

With a project, the program itself, from its own start; without, a bare window. It imports next to nothing of its own,
since that would be counted.
"""

from __future__ import annotations

import os
import sys
import time


def _tell_and_end() -> None:
    cpu = 1000 * time.process_time()
    wall = (time.monotonic_ns() - int(os.environ["BENCH_STARTED"])) / 1e6
    from tests.bench.runs import peak_megabytes

    print(f'{{"cpu": {cpu}, "wall": {wall}, "peak": {peak_megabytes()}}}', flush=True)
    os._exit(0)


def _bare() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event):
            super().paintEvent(event)
            QTimer.singleShot(0, _tell_and_end)

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1440, 900)
    window.show()
    app.exec()


def _program(project: str) -> None:
    """Only the paint of the article is watched."""
    from PySide6.QtCore import QTimer

    from annotator import __main__ as program
    from annotator.gui.text_view.view import TextView

    paint = TextView.paintEvent

    def watched(self, event):
        paint(self, event)
        QTimer.singleShot(0, _tell_and_end)

    TextView.paintEvent = watched
    sys.argv[:] = ["annotator", project]
    program.main()


if __name__ == "__main__":
    _program(sys.argv[1]) if len(sys.argv) > 1 else _bare()
