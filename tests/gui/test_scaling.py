"""The hands of `test_marking` on screens of other densities: whoever reads at 200 % marks the same words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("factor", ["1.5", "2"])
def test_drags_and_clicks_hit_what_they_mean_at(factor):
    hands = Path(__file__).with_name("test_marking.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(hands)]
    scaled = subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": factor}, capture_output=True, text=True)
    assert scaled.returncode == 0, scaled.stdout[-3000:]
