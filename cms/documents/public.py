"""When a page or a picture may be seen outside the newsroom."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.core.readings import both_clocks


def public_now() -> Q:
    """Return the condition under which a page is public: live, and not past its end."""
    return Q(live=True) & (Q(expire_at=None) | Q(expire_at__gt=both_clocks()))


def shut_trees() -> tuple[str, ...]:
    """Return the places in the page tree at and below which nothing is for everyone."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def shut_collections() -> QuerySet[Collection]:
    """Return the collections that are not for everyone, by themselves or by one above them."""
    restrictions = CollectionViewRestriction.objects.annotate(
        below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    shut: QuerySet[Collection] = Collection.objects.filter(
        Exists(restrictions.filter(below__startswith=F("collection__path")))
    )
    return shut
