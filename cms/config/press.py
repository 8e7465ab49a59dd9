"""How this installation runs the press: its folders and its address."""

from pathlib import Path

from cms.config import environment
from cms.config.home import CHECKOUT, Home
from hub_site.settings import PressSettings


def press_settings(home: Home) -> PressSettings:
    """Return what the press must know about this installation."""
    root = environment.text("PLEIN_WEB_ROOT")
    local = f"http://127.0.0.1:{environment.port()}/graphql/"
    return PressSettings(
        home=home.press,
        api_url=environment.text("PLEIN_API_URL", local),
        token_file=home.press_token,
        config_file=CHECKOUT / "site" / "mkdocs.yml",
        theme_dir=CHECKOUT / "themes" / "hub",
        web_root=Path(root).expanduser() if root else None,
        pages_dir=CHECKOUT / "content" / "pages",
    )
