import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import KnownError
from annotator.importers.decoding import decoded

ENGLISH = "The minister’s “pause” was extended – for £5 million – until Friday, he said. A café on the quay was open."
ARABIC = "قال وزير الداخلية إن الممر البحري سيبقى مفتوحا حتى يوم الجمعة، وأضاف أن المحادثات ستستأنف في المدينة."
FRENCH = "L’été dernier, le ministre a déclaré que la trêve était prolongée jusqu’à vendredi, à l’étonnement général."
RUSSIAN = "Министр заявил в пятницу, что перемирие будет продлено, а переговоры возобновятся на следующей неделе."
POLISH = (
    "Minister oświadczył, że przerwa zostanie przedłużona, ponieważ łodzie wciąż są w porcie, i że nie będzie zwłoki."
)
TURKISH = "Bakan, ateşkesin uzatıldığını ve görüşmelerin İstanbul’da başlayacağını açıkladı."


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_is_utf8(text):
    assert decoded(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed(encoding):
    found = decoded(ARABIC.encode(encoding))
    assert found.text == ARABIC and not found.guessed


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "windows-1252"),
        (FRENCH, "windows-1252"),
        (ARABIC, "windows-1256"),
        (ARABIC, "iso-8859-6"),
        (RUSSIAN, "windows-1251"),
        (POLISH, "windows-1250"),
        (TURKISH, "windows-1254"),
        ("“" + ARABIC + "” – The Minister, in Marsa", "windows-1256"),
        ("One no-break\u00a0space", "windows-1252"),
    ],
)
def test_old_encodings_are_recognised_and_told(text, encoding):
    found = decoded(text.encode(encoding))
    assert found == (text, encoding, True)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (ARABIC.encode()[:40] + b"\xff" + ARABIC.encode()[40:], r"byte 0xff at offset 40 is wrong"),
        (ENGLISH.encode() + "é".encode()[:1], r"it ends in the middle of a character, at byte offset \d+"),
        (b"\xff\xfea\x00b", r"It says it is UTF-16, but it ends in the middle"),
        (b"\xef\xbb\xbfabc\xff", r"It says it is UTF-8, but byte 0xff at offset \d is wrong"),
        (bytes(range(256)), r"byte 0x00 at offset 0 and others like it stand in no text"),
        ("قال الوزير".encode()[1:] + b"\x81", r"is not UTF-8 \(byte 0x82 at offset 0 is wrong\)"),
    ],
)
def test_what_cannot_be_read_says_which_byte_is_wrong(data, sentence):
    with pytest.raises(KnownError, match=sentence):
        decoded(data)


def test_a_stray_control_character_is_no_reason_to_refuse_a_text():
    assert decoded(b"\0" + ENGLISH.encode() * 10).text.startswith("\0The")
