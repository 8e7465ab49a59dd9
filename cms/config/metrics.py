"""What a monitor may know of this hub: numbers of things and moments, never of people."""

import hmac
import shutil
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from cms.alarms.board import notices
from cms.alarms.figures import figures
from cms.alarms.lateness import lateness
from cms.alarms.machine import STEPS, press_status
from cms.alarms.problems import Kind
from cms.config.doors import is_loopback
from cms.config.exposition import Metric, Sample, exposition
from cms.core.heartbeats import SILENCE, read_heartbeat
from cms.publishing.models import Publication

BUCKETS = (0.5, 1.0, 2.0, 5.0, 30.0, 300.0)
FORWARDED = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip"}
)


def may_measure(client: str, headers: Mapping[str, str], *, token: str) -> bool:
    """Say whether this caller may have the numbers: on this machine itself, or with the token.

    Args:
        client: The address that the connection comes from; empty when unknown.
        headers: By lower-case name.
        token: What `Authorization: Bearer` has to carry from elsewhere.
    """
    given = headers.get("authorization", "").removeprefix("Bearer ").strip()
    if given:
        return hmac.compare_digest(given.encode(), token.encode())
    # Through a proxy everybody seems to be on this machine.
    return bool(client) and is_loopback(client) and not FORWARDED & headers.keys()


def measure_in_thread() -> str:
    """Answer the doorway, which asks in a thread of its own."""
    try:
        return measure(now=timezone.now())
    finally:
        close_old_connections()


def measure(*, now: datetime) -> str:
    """Return every number, in the text that Prometheus reads."""
    return exposition(_metrics(now))


def _metrics(now: datetime) -> Iterator[Metric]:
    yield from _of_release()
    yield from _of_parts()
    yield from _of_disk()
    yield from _of_lateness(now)
    yield from _of_problems(now)


def _of_release() -> Iterator[Metric]:
    known = figures()
    if known.release:
        live = known.release.activated_at.timestamp()
        yield _one("release_number", "Number of the release that is live.", known.release.number)
        yield _one("release_activated_timestamp_seconds", "When readers got it.", live)
        yield _one("release_pages", "Pages in it.", known.release.pages)
        aside = len(known.release.set_aside)
        yield _one("release_set_aside", "Documents the press could not print.", aside)
    yield _one("documents_waiting", "Changes that no release has yet.", known.documents)
    yield _one("pictures_waiting", "Pictures whose sizes are still to be made.", known.pictures)
    yield _one("mails_waiting", "Mails that wait to be sent.", known.mails)
    yield _one("mails_tried", "Waiting mails that failed at least once.", known.mails_tried)
    yield _one("publications_scheduled", "Items ready for their moment.", known.scheduled)
    if known.next_due:
        due = known.next_due.due_at.timestamp()
        yield _one("publication_next_due_timestamp_seconds", "The next of these moments.", due)


def _of_parts() -> Iterator[Metric]:
    beats = [read_heartbeat(settings.PLEIN_HOME.heartbeats, part) for part in SILENCE]
    silent = [
        Sample(max(0.0, time.time() - beat.at), {"part": beat.part}) for beat in beats if beat
    ]
    yield Metric("part_silence_seconds", "Since a part last showed that it is alive.", silent)
    failing = press_status().problems
    steps = [Sample(int(step in failing), {"step": step}) for step in STEPS]
    yield Metric("press_failing", "Whether a step of the press fails.", steps)


def _of_disk() -> Iterator[Metric]:
    usage = shutil.disk_usage(settings.PLEIN_HOME.root)
    yield _one("disk_free_bytes", "Left on the disk that holds everything.", usage.free)
    yield _one("disk_size_bytes", "Size of that disk.", usage.total)


def _of_lateness(now: datetime) -> Iterator[Metric]:
    seconds = [late.total_seconds() for _at, late in lateness(now=now).measured]
    early = sum(each < 0 for each in seconds)
    within = [
        Sample(sum(each <= limit for each in seconds), {"within": f"{limit:g}"})
        for limit in BUCKETS
    ]
    yield _one("publications_measured", "Went live in the last four weeks.", len(seconds))
    yield _one("publications_early", "Of those, before their moment.", early)
    yield Metric("publications_within", "Of those, live within so many seconds.", within)
    if seconds:
        slowest = max(seconds)
        yield _one("publication_slowest_seconds", "Of those, the longest wait.", slowest)
    hour_ago = now - timedelta(hours=1)
    failed = Publication.objects.filter(state=Publication.State.FAILED, due_at__gte=hour_ago)
    yield _one("publications_failed", "Given up, of those due in the last hour.", failed.count())


def _of_problems(now: datetime) -> Iterator[Metric]:
    kinds = [notice.kind for notice in notices(now=now)]
    counted = [Sample(kinds.count(kind), {"kind": kind.value}) for kind in Kind]
    yield Metric("problems", "What is wrong now and has to be looked at.", counted)


def _one(name: str, told: str, value: float) -> Metric:
    return Metric(name, told, [Sample(value)])
