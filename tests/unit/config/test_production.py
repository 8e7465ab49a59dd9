"""What a real hub sets, as a process of its own reads it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from cms.config import keys
from cms.config.home import Home

ASK = """
import json
from cms.config.settings import production as told
print(json.dumps({name: getattr(told, name) for name in (
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "PLEIN_KNOWN_BROWSER_COOKIE",
    "PLEIN_SHARED_SCREEN_COOKIE", "PLEIN_OWN_DEVICE_COOKIE", "PLEIN_LINK_COOKIE",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "PLEIN_SECOND_FACTOR_REQUIRED",
)}))
print(getattr(told, "SESSION_COOKIE_DOMAIN", None), getattr(told, "SESSION_COOKIE_PATH", "/"))
"""


def test_cookies_are_bound_to_this_host_and_to_tls(tmp_path: Path) -> None:
    keys.write_key(Home(root=tmp_path).secret_key, keys.make_secret())
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        env={
            **os.environ,
            "PLEIN_HOME": str(tmp_path),
            "PLEIN_PUBLIC_URL": "https://plein.example",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    told, place = asked.stdout.splitlines()
    settings = json.loads(told)
    cookies = [value for name, value in settings.items() if isinstance(value, str)]
    assert [name for name in cookies if not name.startswith("__Host-")] == ["Lax"]
    assert [value for value in settings.values() if value is not True] == cookies
    assert place == "None /"
