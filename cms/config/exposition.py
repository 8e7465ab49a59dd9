"""The text that Prometheus reads: names, kinds, labels and numbers; nothing about a person.

Written by hand: all our figures are read from tables and files at the moment of asking, by any of
the web server's processes alike. A client library keeps counters in memory per process, which is
the part of it that would be in the way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Sample:
    """One number, with what tells it apart from others of its name."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    suffix: str = ""


@dataclass(frozen=True)
class Metric:
    """A name, what it means, and its numbers; without numbers it is left out.

    Attributes:
        name: Without the prefix; ends in its unit.
        help: A sentence.
        samples: Its numbers.
        kind: `gauge` or `histogram`.
    """

    name: str
    help: str
    samples: Iterable[Sample]
    kind: str = "gauge"


def exposition(metrics: Iterable[Metric]) -> str:
    """Write metrics in the text format, version 0.0.4."""
    return "".join(line for metric in metrics for line in _lines(metric))


def _lines(metric: Metric) -> list[str]:
    name = f"plein_{metric.name}"
    numbers = [f"{name}{each.suffix}{_labels(each)} {_number(each)}\n" for each in metric.samples]
    if not numbers:
        return []
    told = metric.help.replace("\\", r"\\").replace("\n", r"\n")
    return [f"# HELP {name} {told}\n", f"# TYPE {name} {metric.kind}\n", *numbers]


def _labels(sample: Sample) -> str:
    if not sample.labels:
        return ""
    pairs = (f'{name}="{_escaped(value)}"' for name, value in sample.labels.items())
    return f"{{{','.join(pairs)}}}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(sample: Sample) -> str:
    return repr(sample.value) if isinstance(sample.value, float) else str(sample.value)
