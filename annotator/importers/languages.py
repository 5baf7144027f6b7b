"""Languages as databases name them, in the languages of their own pages, as the codes of ISO 639-1."""

from __future__ import annotations

import re

_NAMES = {
    "ar": "arabic arabisch arabe árabe arabo العربية",
    "bg": "bulgarian bulgarisch bulgare",
    "ca": "catalan katalanisch catalán català",
    "cs": "czech tschechisch tchèque checo",
    "da": "danish dänisch danois danés deens dansk",
    "de": "german deutsch allemand alemán duits tedesco alemão",
    "el": "greek griechisch grec griego grieks",
    "en": "english englisch anglais inglés engels inglese inglês englishs 英语 英文",
    "es": "spanish spanisch espagnol español spaans spagnolo espanhol castellano",
    "et": "estonian estnisch estonien",
    "fi": "finnish finnisch finnois finés fins",
    "fr": "french französisch français francés frans francese francês",
    "he": "hebrew hebräisch hébreu hebreo",
    "hi": "hindi",
    "hr": "croatian kroatisch croate croata",
    "hu": "hungarian ungarisch hongrois húngaro hongaars",
    "id": "indonesian indonesisch indonésien bahasa",
    "it": "italian italienisch italien italiano italiaans",
    "ja": "japanese japanisch japonais japonés 日本語",
    "ko": "korean koreanisch coréen 한국어",
    "lt": "lithuanian litauisch lituanien",
    "lv": "latvian lettisch letton",
    "nl": "dutch niederländisch néerlandais neerlandés nederlands olandese",
    "no": "norwegian norwegisch norvégien noruego noors norsk",
    "pl": "polish polnisch polonais polaco pools polski",
    "pt": "portuguese portugiesisch portugais portugués portugees português",
    "ro": "romanian rumänisch roumain rumano",
    "ru": "russian russisch russe ruso русский",
    "sk": "slovak slowakisch slovaque",
    "sl": "slovenian slowenisch slovène",
    "sr": "serbian serbisch serbe",
    "sv": "swedish schwedisch suédois sueco zweeds svenska",
    "tr": "turkish türkisch turc turco turks türkçe",
    "uk": "ukrainian ukrainisch ukrainien",
    "zh": "chinese chinesisch chinois chino 中文 简体中文 繁體中文 简体 繁體",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_THREE = {
    **{"eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "dut": "nl", "nld": "nl", "spa": "es"},
    **{"ita": "it", "por": "pt", "ara": "ar", "rus": "ru", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi"},
    **{"pol": "pl", "lat": "la", "ltz": "lb", "heb": "he", "tur": "tr", "gre": "el", "ell": "el", "chi": "zh"},
    **{"zho": "zh", "jpn": "ja", "kor": "ko", "nob": "nb", "cze": "cs", "ces": "cs", "hun": "hu", "ukr": "uk"},
}


def language_code(written: str) -> str:
    """The code of the language that `written` names, such as `de` for “Allemand” or `en-GB`; empty when unknown."""
    word = written.strip().split(";")[0].split(",")[0].strip()
    if re.fullmatch(r"[A-Za-z]{2}([-_][A-Za-z]{2,4})?", word):
        return word.replace("_", "-").lower() if len(word) == 2 else f"{word[:2].lower()}-{word[3:]}"
    lower = re.split(r"\s*[(（\[]", word)[0].casefold()
    return _CODES.get(lower) or _THREE.get(lower) or _CODES.get(lower.split(" ")[0], "")
