import re

from hypothesis import given
from hypothesis import strategies as st

from cms.config.exposition import Metric, Sample, exposition

LINE = re.compile(
    r'(# (HELP|TYPE) \w+ .*|\w+(\{\w+="(\\.|[^"\\\n])*"(,\w+="(\\.|[^"\\\n])*")*\})? \S+)'
)


def test_a_number_is_written_with_its_meaning() -> None:
    metric = Metric("disk_free_bytes", "Left on the disk.", [Sample(12)])

    assert exposition([metric]) == (
        "# HELP plein_disk_free_bytes Left on the disk.\n"
        "# TYPE plein_disk_free_bytes gauge\n"
        "plein_disk_free_bytes 12\n"
    )


def test_what_has_no_numbers_is_left_out() -> None:
    assert exposition([Metric("nothing", "Nothing.", [])]) == ""


@given(st.dictionaries(st.sampled_from(["part", "kind"]), st.text()), st.text())
def test_whatever_is_in_it_every_line_can_be_read(labels: dict[str, str], told: str) -> None:
    told = told.replace("\r", " ")
    labels = {name: value.replace("\r", " ") for name, value in labels.items()}
    lines = exposition([Metric("x", told, [Sample(1.5, labels)])]).removesuffix("\n").split("\n")

    assert len(lines) == 3
    assert LINE.fullmatch(lines[2])
