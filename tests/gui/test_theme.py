"""The colours of labels in both themes."""

import pytest
from PySide6.QtGui import QColor

from annotator.core.label_colors import CHOICE
from annotator.gui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, contrast, label_color


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK])
@pytest.mark.parametrize("color", CHOICE)
def test_the_colours_of_new_labels_can_be_read_on_every_paper(color, theme):
    assert contrast(label_color(color, theme), QColor(theme.paper)) >= theme.readable
