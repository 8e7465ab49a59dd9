from hypothesis import given, settings
from hypothesis import strategies as st

from cms.workflow.plain_words import LONG_SENTENCE, measured

LONG = "Wij willen " + "heel graag " * 10 + "weten wat jij vindt."


def test_short_sentences_of_everyday_words_read_easily() -> None:
    reading = measured("Kees gaat met pensioen. Hij was er 40 jaar. Wie komt er taart eten?")

    assert reading.is_plain
    assert reading.words == 13


def test_a_long_sentence_and_a_long_word_are_named() -> None:
    reading = measured(f"Kort. {LONG} De arbeidsongeschiktheidsverzekering gaat in.")

    assert reading.long_sentences == [LONG.strip()]
    assert reading.long_words == ["arbeidsongeschiktheidsverzekering"]
    assert not reading.is_plain


def test_a_hyphen_gives_rest_and_an_address_is_not_read() -> None:
    assert not measured("De arbeids-ongeschiktheids-verzekering.").long_words
    assert not measured("Kijk hier (https://plein.example/een/heel/lang/adres/hier).").long_words


def test_a_line_of_a_list_is_a_sentence() -> None:
    points = "\n".join("• nog een punt van de lijst" for _ in range(9))

    assert measured(points).is_plain


@settings(max_examples=25)
@given(st.text())
def test_any_text_is_measured(text: str) -> None:
    reading = measured(text)

    assert reading.words >= 0
    assert all(len(sentence.split()) >= 1 for sentence in reading.long_sentences)
    assert not reading.long_sentences or reading.words > LONG_SENTENCE
