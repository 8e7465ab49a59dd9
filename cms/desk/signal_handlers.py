from typing import Any

from wagtail.models import Page
from wagtail.signals import init_new_page

from cms.desk.editor import name_the_writer


def begin_with_writer(page: Page, **_: Any) -> None:
    name_the_writer(page, page.owner)


def connect() -> None:
    init_new_page.connect(begin_with_writer, dispatch_uid="begin_with_writer")
