"""What Arabic writes together with the next word: و and ف (and), ب (in, with), ل (for), ك (as).

The article ال stays with its word, as it does where Arabic text is cut into tokens for annotation. Without a lexicon it
cannot be known for sure what is a prefix and what the first letter of a word: a letter is left out only where four
letters are left, or the article follows; and never where the word begins as a common one does that has the letter for
its own.
"""

from __future__ import annotations

import re
import unicodedata

from annotator.core.span import Span
from annotator.core.words import next_character, next_word_end

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_LEFT = 4  # letters of the word that stays; five with the article

_COMMON = """
وزير وزار وزرا وكال وكيل وفد وفاة وفاق وفيق وقف وقت وقوع وقود ولاي ولايا ولي ولد والد
والي واحد واشنطن وطن ورق ورد ورش وراء وصل وصول وصف وضع وعد وسط وسائل وسيل وسام وثيق
وثائق وجه وجود وجيه وحد وحيد وادي واقع واضح وباء وزن واسع وردي
فلسطين فرنس فريق فيصل فتح فتر فارس فؤاد فاطم فريد فهد فوز فيلم فندق فصل فصائل فئة فكر
فقد فقر فنان فنون فضاء فرع فروع فرص فجر فرض فعل فضل فضيح فيينا فنلند فنزويل فيتنام فلبين
فرق فيض فوج فرد فحص فشل فساد فاروق فادي فائز فلوج
بغداد بيروت بيان بلد بلاد بلدي بنك بنوك بناء بناي بحر بحث باريس بريطان برلين برلمان بعث
باب بيت بيوت بعض بعد بين برنامج برامج بطل بطول بترول بندر باكستان بلجيك بولند بلغار
بروكسل بشار بدر بكر بطاق بوش بوتين برج بقاء بديل بئر بصر بنغاز بلاغ بند بيئ بيع بنت بابا
باحث بارز باقي باسم بسام باراك بنيامين باص بحوث بدأ بداي بيض بالي باليه بالون
لبنان ليبي لندن لجن لجان لقاء ليلى لواء لغة لغات ليل لون لحظ لقب لاجئ لاعب لحم لوح لؤي
لافروف لطف ليث لازم لدى لكن لماذا ليس ليست لعب لاهاي لوس لاتين لاريجان
كتاب كاتب كتب كلي كويت كرد كركوك كوري كند كوبا كيني كابول كرة كلم كلام كبير كبار كامل
كريم كمال كشف كنيس كنائس كوادر كاميرا كيلو كاظم كرام كربلاء كادر كتل كتيب كتائب كارث
كوارث كسب كفاح كيري كلينتون كاسترو كافي كالسيوم كاليفورن
"""  # how common words begin whose first letter is their own
_OWN_LETTER = tuple(_COMMON.split())


def without_proclitics(text: str, span: Span) -> Span:
    """`span` without a conjunction and a preposition that its first, Arabic, word begins with."""
    start = span.start
    for letters in (_CONJUNCTIONS, _PREPOSITIONS):
        start = _behind_prefix(text, start, span.end, letters)
    return Span(start, span.end) if start < span.end else span


def _behind_prefix(text: str, start: int, end: int, letters: str) -> int:
    if start >= end or text[start] not in letters:
        return start
    word = _letters(text[start : min(end, next_word_end(text, start))])
    rest = word[1:]
    if word.startswith(_OWN_LETTER) or len(rest) < (_LEFT + 1 if rest.startswith("ال") else _LEFT):
        return start
    return next_character(text, start)


def _letters(word: str) -> str:
    """The letters alone, without signs for vowels and the line that stretches words; empty for another script."""
    kept = "".join(letter for letter in word if unicodedata.category(letter)[0] != "M" and letter != "ـ")
    return kept if _ARABIC.match(kept) else ""
