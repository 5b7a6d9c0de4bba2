"""What the Unicode CLDR says in English and French, as in Canada, of what most dossiers name. Part of `language`.

Babel knows all of it, and loading that takes longer than a small change may. What is not here, `language` asks Babel.
"""

from __future__ import annotations

TERRITORY = {"en": "CA", "fr": "CA"}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
GROUP, POINT = {"en": ",", "fr": "\u00a0"}, {"en": ".", "fr": ","}
AND = {"en": " and ", "fr": " et "}
LANGUAGES = {
    "en": {
        "en": "English", "fr": "French", "es": "Spanish", "de": "German", "it": "Italian", "pt": "Portuguese",
        "nl": "Dutch", "sv": "Swedish", "da": "Danish", "nb": "Norwegian Bokmål", "fi": "Finnish", "pl": "Polish",
        "uk": "Ukrainian", "ru": "Russian", "el": "Greek", "tr": "Turkish", "ar": "Arabic", "he": "Hebrew",
        "fa": "Persian", "hi": "Hindi", "pa": "Punjabi", "ur": "Urdu", "zh": "Chinese", "ja": "Japanese",
        "ko": "Korean", "vi": "Vietnamese", "iu": "Inuktitut",
    },
    "fr": {
        "en": "anglais", "fr": "français", "es": "espagnol", "de": "allemand", "it": "italien", "pt": "portugais",
        "nl": "néerlandais", "sv": "suédois", "da": "danois", "nb": "norvégien bokmål", "fi": "finnois",
        "pl": "polonais", "uk": "ukrainien", "ru": "russe", "el": "grec", "tr": "turc", "ar": "arabe", "he": "hébreu",
        "fa": "persan", "hi": "hindi", "pa": "pendjabi", "ur": "ourdou", "zh": "chinois", "ja": "japonais",
        "ko": "coréen", "vi": "vietnamien", "iu": "inuktitut",
    },
}  # fmt: skip
COUNTRIES = {
    "en": {
        "CA": "Canada", "US": "United States", "MX": "Mexico", "GB": "United Kingdom", "IE": "Ireland", "FR": "France",
        "BE": "Belgium", "CH": "Switzerland", "DE": "Germany", "IT": "Italy", "ES": "Spain", "NL": "Netherlands",
        "SE": "Sweden", "NO": "Norway", "DK": "Denmark", "AU": "Australia", "NZ": "New Zealand", "JP": "Japan",
        "CN": "China", "IN": "India", "IL": "Israel",
    },
    "fr": {
        "CA": "Canada", "US": "États-Unis", "MX": "Mexique", "GB": "Royaume-Uni", "IE": "Irlande", "FR": "France",
        "BE": "Belgique", "CH": "Suisse", "DE": "Allemagne", "IT": "Italie", "ES": "Espagne", "NL": "Pays-Bas",
        "SE": "Suède", "NO": "Norvège", "DK": "Danemark", "AU": "Australie", "NZ": "Nouvelle-Zélande", "JP": "Japon",
        "CN": "Chine", "IN": "Inde", "IL": "Israël",
    },
}  # fmt: skip
CURRENCIES = {
    "en": {
        "CAD": "Canadian dollars", "USD": "US dollars", "EUR": "euros", "GBP": "British pounds",
        "AUD": "Australian dollars", "NZD": "New Zealand dollars",
    },
    "fr": {
        "CAD": "dollars canadiens", "USD": "dollars des États-Unis", "EUR": "euros", "GBP": "livres sterling",
        "AUD": "dollars australiens", "NZD": "dollars néo-zélandais",
    },
}  # fmt: skip
"""As after a number above one."""
SIGNS = {"EUR": "€", "GBP": "£"}
