"""With which theme the press prints: the one in place, or the one a rollback holds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from hub_site.offline import Shell, shell_in
from hub_site.releases import Hold, Releases
from hub_site.releases.looks import CONFIG, THEME
from hub_site.settings import PressSettings


@dataclass(frozen=True)
class Look:
    """`settings` name the folder of the theme that has the hash `digest`."""

    digest: str
    settings: PressSettings
    hold: Hold | None

    @cached_property
    def shell(self) -> Shell:
        """What devices keep of it."""
        return shell_in(self.settings)

    def is_over(self, releases: Releases) -> bool:
        """A rollback began or ended since."""
        return releases.hold() != self.hold


def current_look(
    settings: PressSettings, releases: Releases, *, report: Callable[[str], None]
) -> Look:
    """Choose the look to print in. A theme that is newer than a rollback ends it."""
    in_place = releases.looks.keep(settings.theme_dir, settings.config_file)
    hold = releases.hold()
    if hold is None:
        return Look(in_place, settings, None)
    if hold.instead_of != in_place:
        releases.lift_hold()
        report(f"There is a new theme, so the rollback to release {hold.number} has ended.")
        return Look(in_place, settings, None)
    folder = settings.looks_dir / hold.look
    releases.looks.write(hold.look, folder)
    held = replace(settings, theme_dir=folder / THEME, config_file=folder / CONFIG)
    report(f"Printing with the look of release {hold.number}, until that rollback is lifted.")
    return Look(hold.look, held, hold)
