"""How this installation runs the press: its folders and its address."""

from pathlib import Path

from cms.config import environment
from cms.config.errors import WrongUseError
from cms.config.home import CHECKOUT, Home
from hub_site.settings import PressSettings


def press_settings(home: Home) -> PressSettings:
    """Return what the press must know about this installation."""
    local = f"http://127.0.0.1:{environment.port()}/graphql/"
    return PressSettings(
        home=home.press,
        api_url=environment.text("PLEIN_API_URL", local),
        token_file=home.press_token,
        config_file=CHECKOUT / "site" / "mkdocs.yml",
        theme_dir=CHECKOUT / "themes" / "hub",
        web_root=_web_root(home),
        pages_dir=CHECKOUT / "content" / "pages",
    )


def _web_root(home: Home) -> Path | None:
    named = environment.text("PLEIN_WEB_ROOT")
    if not named:
        return None
    root = Path(named).expanduser()
    # The press opens this folder to everybody on the machine; the home is its owner's alone.
    if root.is_absolute() and not root.resolve().is_relative_to(home.root):
        return root
    message = (
        f"PLEIN_WEB_ROOT is {named!r}; give the whole path of a folder outside {home.root},"
        " as in /srv/plein-hub."
    )
    raise WrongUseError(message)
