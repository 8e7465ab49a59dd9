"""Digests of parts, and the rules of a yes, over made-up texts and histories."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cms.agreement.models import Answer, Entry, Matter
from cms.agreement.parts import QUOTED, Part, Passage, Shown
from cms.agreement.rules import Stand, stand_of
from cms.agreement.sentences import (
    Change,
    Same,
    compared,
    plain_of,
    put_back,
    put_back_in_plain,
    sentences_in,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORD = st.sampled_from(["ik", "hoor", "de", "las", "haast", "foto’s", "Z&W", "<3", "één", "🙂"])
SENTENCE = st.lists(WORD, min_size=1, max_size=5).map(lambda words: f"Dan {' '.join(words)}.")
LINES = st.lists(st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3)
PASSAGE = st.builds(Passage, where=WORD, said=SENTENCE, ask=WORD)
SHOWN = st.builds(
    Shown, image=WORD, file=WORD, alt=WORD, caption=WORD, key=st.integers(min_value=1, max_value=9)
)
PARTS = st.builds(
    Part,
    person=st.just(1),
    words=st.lists(PASSAGE, min_size=1, max_size=4),
    pictures=st.lists(SHOWN, min_size=1, max_size=3),
)


def as_markup(lines: list[str]) -> str:
    escaped = (line.replace("&", "&amp;").replace("<", "&lt;") for line in lines)
    return "".join(f'<p data-block-key="x{n}">{line}</p>' for n, line in enumerate(escaped))


@given(PARTS, st.randoms(use_true_random=False))
def test_a_digest_knows_no_order_and_no_place(part: Part, chance: object) -> None:
    words = [replace(each, where="elsewhere") for each in part.words]
    chance.shuffle(words)  # type: ignore[attr-defined]

    assert Part(1, words=words).digest(Matter.WORDS) == part.digest(Matter.WORDS)


@given(PARTS, PASSAGE, SHOWN)
def test_a_digest_changes_with_her_words_or_picture_and_nothing_else(
    part: Part, passage: Passage, shown: Shown
) -> None:
    more_words = replace(part, words=[*part.words, passage])
    assert more_words.digest(Matter.WORDS) != part.digest(Matter.WORDS)
    assert more_words.digest(Matter.PICTURE) == part.digest(Matter.PICTURE)
    more_pictures = replace(part, pictures=[*part.pictures, shown])
    assert more_pictures.digest(Matter.PICTURE) != part.digest(Matter.PICTURE)
    assert more_pictures.digest(Matter.WORDS) == part.digest(Matter.WORDS)
    assert part.whole not in {more_words.whole, more_pictures.whole}


def test_opening_a_text_in_the_editor_changes_no_digest() -> None:
    typed = Part(1, words=[Passage("a", "<p>Zo &amp; niet anders.</p>")])
    opened = Part(1, words=[Passage("b", '<p data-block-key="x1">Zo &amp; niet  anders.</p>')])

    assert typed.whole == opened.whole


SAID = st.tuples(
    st.sampled_from(list(Answer)),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["", "until", "back"]),
)


@given(st.lists(SAID, max_size=8))
def test_only_her_last_word_about_exactly_this_counts(history: list[tuple[str, str, str]]) -> None:
    entries = [
        Entry(
            answer=answer,
            digest=digest,
            until=NOW if end == "until" else None,
            withdrawn_at=NOW - timedelta(1) if end == "back" else None,
        )
        for answer, digest, end in history
    ]

    stand, _entry = stand_of(entries, "a", now=NOW)

    last_no = max((n for n, (said, *_) in enumerate(history) if said == Answer.NO), default=-1)
    later = history[last_no + 1 :]
    about_this = [(said, end) for said, digest, end in later if digest == "a" and said != Answer.NO]
    if stand == Stand.AGREED:
        assert about_this[-1] == (Answer.YES, "")
    if about_this and about_this[-1] == (Answer.YES, ""):
        assert stand == Stand.AGREED
    is_refused = last_no >= 0 and not any(
        said == Answer.YES or (said == Answer.CHANGE and digest == "a")
        for said, digest, _end in later
    )
    assert (stand == Stand.REFUSED) == is_refused


@given(LINES, LINES)
def test_putting_every_change_back_gives_what_she_said(was: list[str], now: list[str]) -> None:
    before, html = "\n".join(was), as_markup(now)

    for _round in range(len(sentences_in(before)) + len(sentences_in("\n".join(now))) + 1):
        changes = [one for one in compared(before, plain_of(html)) if isinstance(one, Change)]
        if not changes:
            break
        html = put_back(html, changes[0])

    def said(text: str) -> list[str]:
        return [one.text for one in sentences_in(text)]

    assert said(plain_of(html)) == said(before)
    assert html.count("<p") == html.count("</p>")


@given(LINES)
def test_markup_reads_as_the_lines_that_it_was_made_of(lines: list[str]) -> None:
    text = "\n".join(" ".join(line.split()) for line in lines)

    assert plain_of(as_markup(lines)) == text
    assert all(isinstance(one, Same) for one in compared(text, plain_of(as_markup(lines))))


def test_emphasis_and_links_beside_a_sentence_stay() -> None:
    html = '<p>Ik <b>hoor</b> het. Dat is <a href="https://x.example/">mooi</a> werk.</p>'
    (change,) = [
        one
        for one in compared("Ik hoor het. Dat is werk.", plain_of(html))
        if isinstance(one, Change)
    ]

    assert put_back(html, change) == "<p>Ik <b>hoor</b> het. Dat is werk.</p>"
    assert put_back_in_plain("Een. Twee!", Change(0, "Drie.", "Twee!", 5, 10)) == "Een. Drie."


def test_what_is_quoted_and_what_is_not() -> None:
    text = (
        '’s Ochtends zegt ze ‘Ik zie foto’s en pompen’ en dan: "doe maar even rustig". \'s Avonds'
    )

    assert QUOTED.findall(text) == ["‘Ik zie foto’s en pompen’", '"doe maar even rustig"']
