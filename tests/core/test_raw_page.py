from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.raw_page import RawPage


@given(st.binary(max_size=2000))
def test_a_page_is_given_back_as_it_was_kept(data):
    page = RawPage.of(data, "text/html", "utf-8")
    assert page.data == data and page.size == len(data)


def test_a_page_that_was_damaged_is_told():
    page = RawPage.of(b"<p>Text</p>" * 100)
    for packed in (page.packed[:-8], b"", page.packed[:5] + b"\0\0" + page.packed[7:], RawPage.of(b"other").packed):
        with pytest.raises(ValueError, match="not those that were kept"):
            _ = replace(page, packed=packed).data
