"""Text as words that can be looked up: small letters, no accents, no marks within a word.

`search-language.js` in the theme reads a question in the same way; a test holds the two together.
"""

import re
import unicodedata

LONGEST = 40
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
    }
)
_MARKS_WITHIN = re.compile(r"(?<=[^\W_])['\u2019\u02bc](?=[^\W_])|\u00ad|\u200b")
_ABBREVIATION = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_WORD = re.compile(r"[^\W_]+[#+]*")


def words_of(text: str) -> list[str]:
    """The words of a text, in order: `C.A.O.` is cao, foto's is fotos, C# stays itself."""
    return _WORD.findall(fold(text))


def fold(text: str) -> str:
    """Write a text with nothing in it that people leave out when they search."""
    if not text.isascii():
        parted = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in parted if not unicodedata.category(each).startswith("M"))
    bare = _MARKS_WITHIN.sub("", text.lower().translate(_LETTERS))
    return _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), bare)
