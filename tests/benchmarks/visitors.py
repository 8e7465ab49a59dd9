"""Somebody at the door of a running Plein, by bare HTTP: a browser would be measured with it."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import httpx

PASSWORD = "plein-demo"
PATIENCE = 30.0
LOOK_EVERY = 0.01


class Visitor:
    """A signed-in account of the demo."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def get(self, path: str) -> httpx.Response:
        return self._http.get(path)

    def page(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == HTTPStatus.OK, f"{path}: {answer.status_code}"
        return answer.text

    def post(self, path: str, **form: str) -> httpx.Response:
        proof = self._http.cookies["plein_csrf"]
        return self._http.post(path, data=form, headers={"X-CSRFToken": proof})

    def wait_for(self, path: str) -> None:
        """Ask for a page until it is there, a hundred times a second."""
        limit = time.monotonic() + PATIENCE
        while self.get(path).status_code != HTTPStatus.OK:
            assert time.monotonic() < limit, f"{path} did not come."
            time.sleep(LOOK_EVERY)


@contextmanager
def signed_in(address: str, account: str) -> Iterator[Visitor]:
    headers = {"Accept-Encoding": "gzip"}
    with httpx.Client(base_url=address, trust_env=False, timeout=PATIENCE, headers=headers) as http:
        visitor = Visitor(http)
        visitor.page("/login/")
        answer = visitor.post("/login/", username=account, password=PASSWORD)
        assert answer.status_code == HTTPStatus.FOUND, answer.text[-500:]
        yield visitor


class Approval:
    """The page on which an approver says yes to one item, opened."""

    def __init__(self, approver: Visitor, number: int) -> None:
        self._approver, self._path = approver, f"/newsroom/approve/{number}/"
        page = approver.page(self._path)
        self._hidden = {name: _value_of(page, name) for name in ("digest", "task_state")}
        self.preview_path = _match(page, r'<iframe[^>]*src="([^"]+)"').replace("&amp;", "&")

    def say_yes(self) -> None:
        """Post what the last click of approving for now posts."""
        form = {**self._hidden, "when": "now", "read": "on", "confirmed": "on"}
        answer = self._approver.post(self._path, **form)
        assert answer.status_code == HTTPStatus.FOUND, answer.text[-500:]


def _value_of(page: str, name: str) -> str:
    return _match(page, rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"')


def _match(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    assert found, pattern
    return found[1]


def first_visit(visitor: Visitor, path: str) -> dict[str, int]:
    """Bytes on the wire of a page and of what it loads at once, pictures aside, by kind."""
    page = visitor.get(path)
    weights = {"html": page.num_bytes_downloaded, "css": 0, "js": 0, "fonts": 0}
    loaded = re.findall(r'<(?:link|script)[^>]*(?:href|src)="([^"]+\.(css|js|woff2))"', page.text)
    for address, ending in set(loaded):
        answer = visitor.get(str(page.url.join(address)))
        assert answer.status_code == HTTPStatus.OK, address
        weights["fonts" if ending == "woff2" else ending] += answer.num_bytes_downloaded
    return weights
