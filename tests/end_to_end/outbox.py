"""The mails that a running Plein with the demo writes into its home instead of sending them."""

import re
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

BETWEEN = re.compile(rb"\n-{79}\n")
WITHIN = 60.0
WAY_IN = r"/w/\?k=[\w-]+"


def link_in_mail(home: Path, *, to: str, about: str, way: str = WAY_IN) -> str:
    """Wait for a mail to somebody whose subject holds these words; return the link in it.

    Args:
        home: Of the Plein that writes it.
        to: Part of an address.
        about: Part of a subject.
        way: A pattern of where the link leads.
    """
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        for mail in _mails(home / "mail"):
            if to in str(mail["To"]) and about in str(mail["Subject"]):
                found = re.search(rf"http\S+{way}", _text(mail))
                assert found, _text(mail)
                return found[0]
        time.sleep(0.5)
    raise AssertionError(f"no mail to {to} about {about}")


def _mails(folder: Path) -> Iterator[EmailMessage]:
    for file in sorted(folder.glob("*.log")) if folder.is_dir() else []:
        for raw in BETWEEN.split(file.read_bytes()):
            if raw.strip():
                yield message_from_bytes(raw.lstrip(), policy=policy.default)


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""
