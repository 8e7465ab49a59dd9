"""A model of people who answer questions on a phone: how long that takes, and what it rests on.

It is a model and no measurement of people. What the machine takes is measured and comes on top.

- *Typing*: 36.2 words a minute, deviation 13.2: 37,370 people on their phones (Palin, Feit, Kim,
  Kristensson and Oulasvirta, "How do people type on mobile devices?", MobileHCI 2019).
- *Speaking* into the phone, with putting right what it heard: 161 words a minute (Ruan, Wobbrock,
  Liou, Ng and Landay, "Comparing speech and keyboard text entry", 2016/2018; English).
- *Reading*: 238 words a minute (Brysbaert, "How many words do we read per minute?", 2019).
- *A tap*: one second. *A photo*: 25 seconds to take it and say what is on it. *Thinking*: 8 seconds
  before each answer, half of the people between 5 and 12; the questions stood in the mail before.
  Of these three nobody measured anything that fits; they are guesses, and are said to be.
"""

import math
import random
from dataclasses import dataclass

TYPED, DEVIATION, SLOWEST, FASTEST = 36.2, 13.2, 12.0, 80.0
SPOKEN, READ = 161.0, 238.0
TAP, PHOTO = 1.0, 25.0
THOUGHT, SPREAD = 8.0, 0.6


@dataclass(frozen=True)
class Asked:
    """What somebody meets on the way: the script counts it on the real pages."""

    words_to_read: int
    taps: int
    questions: int
    photos: int
    waited: float


def seconds_of(
    asked: Asked, words: int, chance: random.Random, *, is_spoken: bool = False
) -> float:
    """Return how long one person takes to answer in so many words altogether."""
    speed = SPOKEN if is_spoken else min(max(chance.gauss(TYPED, DEVIATION), SLOWEST), FASTEST)
    thinking = sum(
        chance.lognormvariate(math.log(THOUGHT), SPREAD) for _question in range(asked.questions)
    )
    reading = 60 * asked.words_to_read / READ
    photos = asked.photos * PHOTO
    return 60 * words / speed + thinking + reading + photos + TAP * asked.taps + asked.waited
