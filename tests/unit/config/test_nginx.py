"""What `plein nginx` writes; that nginx serves by it is tested with a real one."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from cms.config.command import main
from cms.config.doorway import OF_DJANGO, OF_THE_PRESS
from cms.config.nginx import Front, configuration

FRONT = Front(
    public_url="https://plein.example",
    hosts=("plein.example", "127.0.0.1", "www.plein.example"),
    upstream="127.0.0.1:8000",
    root=Path("/srv/plein"),
    listen="443",
    certificate=(Path("/etc/plein/cert.pem"), Path("/etc/plein/key.pem")),
    cache=Path("/run/plein-nginx"),
    log=Path("/var/log/nginx/plein.log"),
    error_log=Path("/var/log/nginx/plein-faults.log"),
    always={"strict-transport-security": "max-age=31536000"},
)


def test_every_place_in_the_template_is_filled() -> None:
    text = configuration(FRONT)

    assert "@@" not in text
    assert "open_file_cache " not in text.replace("Never add open_file_cache: ", "")
    for part in (*OF_DJANGO, OF_THE_PRESS):
        assert f"location /{part}/ {{" in text
    assert "location /metrics" not in text
    assert 'add_header strict-transport-security "max-age=31536000" always;' in text
    assert "return 301 https://plein.example$request_uri;" in text


def test_plain_http_is_for_who_has_tls_in_front() -> None:
    text = configuration(replace(FRONT, certificate=None, listen="127.0.0.1:8080"))

    assert "listen 127.0.0.1:8080;" in text
    assert "ssl" not in text
    assert "return 301 https" not in text
    assert "X-Forwarded-Proto https" in text


@pytest.mark.parametrize("root", ["/srv/a b", "/srv/a;b", "/srv/{x}", "/srv/a\nb", '/srv/"'])
def test_path_that_would_say_something_else_to_nginx_is_refused(root: str) -> None:
    with pytest.raises(ValueError, match="can't stand in nginx's configuration"):
        configuration(replace(FRONT, root=Path(root)))


def test_nginx_itself_finds_nothing_wrong_with_tls(tmp_path: Path) -> None:
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.fail("There is no nginx to test with: run .ci/nginx", pytrace=False)
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "1", "-subj", "/CN=plein.example"),
            *("-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )
    front = replace(
        FRONT,
        certificate=(tmp_path / "cert.pem", tmp_path / "key.pem"),
        cache=tmp_path / "cache",
        log=tmp_path / "log",
        error_log=tmp_path / "faults",
    )
    (tmp_path / "hub.conf").write_text(configuration(front))
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ include {tmp_path}/hub.conf; }}"
    )

    said = subprocess.run(
        [program, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr


def test_command_writes_for_this_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLEIN_WEB_ROOT", str(tmp_path / "web"))
    out = tmp_path / "hub.conf"

    assert main(["nginx", str(out), "--listen", "8080", "--logs", str(tmp_path)]) == 0

    assert f"root {tmp_path}/web/live;" in out.read_text()
    assert "nginx -s reload" in capsys.readouterr().out
    assert main(["nginx"]) == 0
    assert capsys.readouterr().out.startswith("# http")


@pytest.mark.parametrize(
    ("words", "root", "said"),
    [
        ([], "", "PLEIN_WEB_ROOT"),
        (["--key", "k.pem"], "/srv/plein", "Name both"),
        (["/nowhere/at/all.conf"], "/srv/plein", "can't be written"),
        ([], "web", "whole path"),
        ([], "/srv/a b", "can't stand in"),
    ],
)
def test_command_says_what_is_missing(
    words: list[str],
    root: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PLEIN_WEB_ROOT", root)

    assert main(["nginx", *words]) != 0
    assert said in capsys.readouterr().err
