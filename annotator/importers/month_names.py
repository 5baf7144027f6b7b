"""The months as newspapers and their databases write them, in the languages of their pages."""

from __future__ import annotations

import unicodedata

# One line a language: twelve names, other forms of one behind a bar. Accents and case are not compared.
_NAMES = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep"
    " october|oct november|nov december|dec",
    "de": "januar|jänner|jän februar|feber märz|mrz|mär april mai juni juli august september oktober|okt november"
    " dezember|dez",
    "fr": "janvier|janv février|févr|fév mars avril|avr mai juin juillet|juil août|aoû septembre octobre novembre"
    " décembre|déc",
    "nl": "januari februari maart|mrt april mei juni juli augustus september oktober november december",
    "es": "enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre|set octubre noviembre"
    " diciembre|dic",
    "it": "gennaio|gen febbraio marzo aprile maggio|mag giugno|giu luglio|lug agosto settembre|sett ottobre|ott"
    " novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro|out novembro dezembro",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre|des",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta|tammikuu helmikuuta|helmikuu maaliskuuta|maaliskuu huhtikuuta|huhtikuu toukokuuta|toukokuu"
    " kesäkuuta|kesäkuu heinäkuuta|heinäkuu elokuuta|elokuu syyskuuta|syyskuu lokakuuta|lokakuu marraskuuta|marraskuu"
    " joulukuuta|joulukuu",
    "pl": "stycznia|styczeń lutego|luty marca|marzec kwietnia|kwiecień maja czerwca|czerwiec lipca|lipiec"
    " sierpnia|sierpień września|wrzesień października|październik listopada|listopad grudnia|grudzień",
    "cs": "ledna|leden února|únor března|březen dubna|duben května|květen června|červen července|červenec"
    " srpna|srpen září října|říjen listopadu prosince|prosinec",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ru": "января|январь|янв февраля|февраль|фев марта|март|мар апреля|апрель|апр мая|май июня|июнь|июн"
    " июля|июль|июл августа|август|авг сентября|сентябрь|сен октября|октябрь|окт ноября|ноябрь|ноя"
    " декабря|декабрь|дек",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου"
    " δεκεμβρίου",
    "ar": "يناير فبراير مارس أبريل|ابريل مايو يونيو يوليو أغسطس|اغسطس سبتمبر أكتوبر|اكتوبر نوفمبر ديسمبر",
    "ar-levant": "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "ar-maghreb": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
}


def _plain(word: str) -> str:
    """A word without case and accents, so that “AOÛT” and “aout” are one."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))


def _numbers() -> dict[str, int]:
    found: dict[str, int] = {}
    for names in _NAMES.values():
        for number, forms in enumerate(names.split(), 1):
            for form in forms.split("|"):
                found.setdefault(_plain(form.replace("_", " ")), number)
    return found


MONTHS = _numbers()


def month_number(word: str) -> int:
    """Which month `word` names, 1 to 12; 0 when it names none."""
    return MONTHS.get(_plain(" ".join(word.rstrip(".").split())), 0)
