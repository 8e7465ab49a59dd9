"""Alerts: on the front page as it is printed, on every other page as its script asks for them."""

from datetime import datetime

from hub_site.content.documents import Alert, Document
from hub_site.pages.dates import in_words
from hub_site.pages.sheet import Frame, Sheet
from hub_site.pages.views import AlertView, Page

ALERT_PATH = "assets/alert/"
"""Where no document can be: the one page that pages ask for while they are open."""
MOST = 5


def alert_page(sheet: Sheet) -> Page:
    """What is going on now, as part of other pages; it is there when nothing is, too."""
    view = {"alerts": alert_views(sheet)}
    return sheet.finish(view, about=sheet.hub, frame=Frame("alert.html", None, ""))


def alert_views(sheet: Sheet) -> list[AlertView]:
    """What is dangerous first, then what was said last."""
    sheet.needs("alerts")
    found = [sheet.find(Alert, identity) for identity in sheet.backwards("alerts", MOST)]
    return [_view(sheet, alert) for alert in found if alert is not None]


def _view(sheet: Sheet, alert: Alert) -> AlertView:
    target = sheet.find(Document, alert.target)
    has_page = target is not None and sheet.shelf.address(target) is not None
    return AlertView(
        key=f"{alert.id}-{alert.changed_at:%Y%m%d%H%M%S}",
        title=alert.title,
        text=alert.text,
        is_danger=alert.importance == "danger",
        link=sheet.link(target) if target is not None and has_page else None,
        changed=_clock(sheet, alert.changed_at),
        until=alert.expires_at.isoformat(),
    )


def _clock(sheet: Sheet, moment: datetime) -> str:
    """'vrijdag 20 november, 6.45 uur': an alert may stand for days."""
    local, language = moment.astimezone(sheet.shelf.zone), sheet.shelf.language
    day = in_words(local.date(), "EEEE d MMMM", language)
    if language == "nl":
        return f"{day}, {local.hour}.{local:%M} uur"
    return f"{day}, {local:%H:%M}"
