from wagtail.models import PagePermissionTester


class HubPagePermissionTester(PagePermissionTester):
    """What anybody may do to a page by a door of the admin.

    Publishing, taking offline and deleting what is online are acts of their own, with a second
    person's yes; so here the answer is no for everybody, a superuser included.
    """

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's
        if self.page.get_descendants(inclusive=True).live().exists():
            return False
        return bool(super().can_delete(ignore_bulk=ignore_bulk))
