"""Doors that are not Wagtail's pages: snippets, children, settings, and past every signal."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, Site

from cms.accounts.models import Department, Location, Person
from cms.core.public_ids import new_public_id
from cms.media.models import Document, Image, Rendition
from cms.stories.models import (
    Announcement,
    Author,
    CoreValue,
    EditorialPage,
    Goal,
    HubPage,
    Interview,
    Rubric,
    Section,
    Story,
    Tag,
    TaggedItem,
)
from tests import factories
from tests.factories import stages
from tests.factories.pages import BODY
from tests.integration.documents.doors import (
    DOORS,
    Reach,
    door,
    picture,
    rubric,
    slug,
    sql,
    story,
    word,
)

__all__ = ["DOORS", "Reach"]


def someone_quiet() -> Person:
    """Return a colleague without a page, who is named in a live story."""
    page = story()
    quiet = Person.objects.filter(shown_on_hub=False).first()
    quiet = quiet or factories.person(name=word(), shown_on_hub=False)
    Author.objects.get_or_create(page=page, person=quiet)
    return quiet


def tagged() -> TaggedItem:
    page = story()
    found: TaggedItem = page.tagged_items.first() or TaggedItem.objects.create(
        content_object=page, tag=factories.tag(name=slug())
    )
    return found


@door(Reach.AT_ONCE)
def rename_a_colleague() -> None:
    shown = Person.objects.filter(shown_on_hub=True).first() or factories.person()
    shown.name = word()
    shown.save()


@door(Reach.AT_ONCE)
def show_a_colleague() -> Iterator[None]:
    quiet = someone_quiet()
    yield
    quiet.shown_on_hub = True
    quiet.save()


@door(Reach.AT_ONCE)
def delete_a_colleague() -> Iterator[None]:
    leaving = factories.person(name=word())
    yield
    leaving.delete()


@door(Reach.BY_SWEEP)
def rename_who_has_no_page_past_signals() -> Iterator[None]:
    quiet = someone_quiet()
    yield
    Person.objects.filter(pk=quiet.pk).update(name=word())


@door(Reach.AT_ONCE)
def rename_a_department() -> None:
    for model in (Department, Location, Goal, CoreValue):
        source = model.objects.first()
        if source is not None:
            source.name = word()
            source.save()


@door(Reach.BY_SWEEP)
def rename_snippets_past_signals() -> None:
    for model in (Department, Location, Goal, CoreValue, Tag):
        source = model.objects.first()
        if source is not None:
            model.objects.filter(pk=source.pk).update(name=word())


@door(Reach.BY_SWEEP)
def give_a_goal_another_id() -> Iterator[None]:
    page = story()
    goal = page.goal or factories.goal(code=slug()[-8:])
    Story.objects.filter(pk=page.pk).update(goal=goal)
    yield
    Goal.objects.filter(pk=goal.pk).update(public_id=new_public_id())


@door(Reach.BY_SWEEP)
def add_an_author_beside_the_page() -> None:
    Author.objects.create(page=story(), person=factories.person(name=word()), sort_order=9)


@door(Reach.BY_SWEEP)
def add_authors_in_bulk() -> None:
    page = story()
    Author.objects.bulk_create(
        Author(page=page, person=factories.person(name=word()), sort_order=order)
        for order in range(2)
    )


@door(Reach.BY_SWEEP)
def turn_the_byline_around() -> Iterator[None]:
    add_authors_in_bulk()
    yield
    sql("UPDATE stories_author SET sort_order = 100 - sort_order")


@door(Reach.BY_SWEEP)
def tag_past_the_page() -> None:
    TaggedItem.objects.create(content_object=story(), tag=factories.tag(name=slug()))


@door(Reach.BY_SWEEP)
def untag_past_the_page() -> Iterator[None]:
    tagging = tagged()
    yield
    TaggedItem.objects.filter(pk=tagging.pk).delete()


@door(Reach.BY_SWEEP)
def give_an_item_a_department_past_the_page() -> None:
    department = factories.department(name=word())
    EditorialPage.departments.through.objects.create(editorialpage=story(), department=department)


@door(Reach.BY_SWEEP)
def delete_a_tag_by_sql() -> Iterator[None]:
    key = tagged().tag.pk
    yield
    sql("DELETE FROM stories_taggeditem WHERE tag_id = %s", key)
    sql("DELETE FROM stories_tag WHERE id = %s", key)


@door(Reach.AT_ONCE)
def set_up_the_hub() -> None:
    hub = HubPage.objects.get()
    hub.organisation, hub.headcount = word(), 12
    hub.save_revision().publish()


@door(Reach.BY_SWEEP)
def set_up_the_hub_past_signals() -> None:
    HubPage.objects.update(editors=word())


@door(Reach.BY_SWEEP)
def change_titles_in_bulk() -> None:
    Page.objects.filter(live=True, depth__gt=2).update(title=word())


@door(Reach.BY_SWEEP)
def change_a_body_by_sql() -> None:
    body = '[{"type": "heading", "value": {"text": "%s"}, "id": "een"}]' % word()  # noqa: UP031
    sql("UPDATE stories_editorialpage SET body = %s WHERE page_ptr_id = %s", body, story().pk)


@door(Reach.BY_SWEEP)
def change_a_subclass_by_sql() -> Iterator[None]:
    quiet = factories.person(name=word(), shown_on_hub=False)
    yield
    sql("UPDATE stories_interview SET interviewee_id = %s", quiet.pk)
    sql("UPDATE stories_announcement SET importance = 'important'")


@door(Reach.BY_SWEEP)
def forget_what_replaces() -> None:
    Announcement.objects.update(replaces=None)


@door(Reach.BY_SWEEP)
def put_offline_in_bulk() -> None:
    Story.objects.update(live=False)


@door(Reach.BY_SWEEP)
def put_online_in_bulk() -> Iterator[None]:
    draft = factories.story(slug=slug())
    yield
    Page.objects.filter(pk=draft.pk).update(live=True)


@door(Reach.BY_SWEEP)
def backdate_a_revision() -> Iterator[None]:
    page = story()
    page.summary = word()
    page.save_revision().publish()
    yield
    later = timezone.now() + timedelta(hours=1)
    sql("UPDATE wagtailcore_revision SET created_at = %s WHERE object_id = %s", later, str(page.pk))
    Page.objects.filter(pk=page.pk).update(first_published_at=later - timedelta(hours=2))
    Page.objects.filter(pk=page.pk).update(last_published_at=later)


@door(Reach.BY_SWEEP)
def rename_a_rubric_by_sql() -> None:
    sql("UPDATE wagtailcore_page SET slug = %s WHERE id = %s", slug(), rubric().pk)


@door(Reach.BY_SWEEP)
def move_by_sql() -> Iterator[None]:
    other = factories.rubric(slug=slug())
    page = story()
    yield
    path = Page._get_path(other.path, other.depth + 1, 1)
    sql("UPDATE wagtailcore_page SET path = %s WHERE id = %s", path, page.pk)
    sql("UPDATE wagtailcore_page SET numchild = 1 WHERE id = %s", other.pk)
    call_command("fixtree", interactive=False, verbosity=0)


@door(Reach.NEVER)
def mend_a_tree_that_is_broken() -> None:
    sql("UPDATE wagtailcore_page SET numchild = 7 WHERE id = %s", rubric().pk)
    call_command("fixtree", interactive=False, verbosity=0)


@door(Reach.BY_SWEEP)
def mend_the_paths_of_the_tree() -> Iterator[None]:
    factories.rubric(slug=slug()).move(HubPage.objects.get(), pos="first-child")
    HubPage.objects.get().get_children().first().delete()
    yield
    Page.fix_tree(fix_paths=True)


@door(Reach.BY_SWEEP)
def describe_a_picture_past_signals() -> Iterator[None]:
    shown = picture()
    yield
    Image.objects.filter(pk=shown.pk).update(description=word(), focal_point_x=1)


@door(Reach.BY_SWEEP)
def change_a_size_past_signals() -> Iterator[None]:
    shown = picture()
    yield
    Rendition.objects.filter(image=shown).update(content_hash=slug())


@door(Reach.BY_SWEEP)
def put_another_picture_in_place() -> None:
    other = factories.image(file__width=41, file__height=31)
    Story.objects.filter(pk=story().pk).update(lead_image=other)


@door(Reach.BY_SWEEP)
def hide_everybody() -> None:
    Person.objects.update(shown_on_hub=False)


@door(Reach.BY_SWEEP)
def delete_an_item_by_sql() -> None:
    page = Interview.objects.first() or factories.interview(live=True, slug=slug())
    key = page.pk
    sql("DELETE FROM stories_author WHERE page_id = %s", key)
    sql("DELETE FROM stories_personinitem WHERE page_id = %s", key)
    sql("DELETE FROM stories_interview WHERE editorialpage_ptr_id = %s", key)
    sql("DELETE FROM stories_editorialpage WHERE page_ptr_id = %s", key)
    sql("UPDATE wagtailcore_page SET numchild = numchild - 1 WHERE id = %s", page.get_parent().pk)
    sql("DELETE FROM wagtailcore_page WHERE id = %s", key)


@door(Reach.NEVER)
def save_a_draft() -> None:
    stages.edit(story(), by=factories.ambassador(with_person=False), summary=word())


@door(Reach.NEVER)
def autosave() -> None:
    by = factories.ambassador(with_person=False)
    page = stages.edit(story(), by=by, summary=word())
    for _time in range(3):
        page = stages.edit(page, by=by, overwrite=True, summary=word())


@door(Reach.NEVER)
def write_a_new_draft() -> None:
    factories.story(by=factories.ambassador(with_person=False), slug=slug())


@door(Reach.NEVER)
def save_what_is_the_same() -> None:
    for source in (story(), rubric(), Person.objects.first(), HubPage.objects.get()):
        if source is not None:
            source.save()


@door(Reach.NEVER)
def change_locale_and_site() -> None:
    Locale.objects.get_or_create(language_code="en")
    Site.objects.update(hostname="elders.test", site_name=word())


@door(Reach.NEVER)
def move_the_site_to_another_root() -> None:
    Site.objects.update(root_page=Page.get_first_root_node())


@door(Reach.NEVER)
def add_a_file_and_a_collection() -> None:
    Collection.get_first_root_node().add_child(name=word())
    Document.objects.create(title=word(), file="documents/leeg.pdf")


@door(Reach.NEVER)
def add_a_picture_that_nothing_shows() -> None:
    factories.image(file__width=42, file__height=32)


@door(Reach.BY_SWEEP)
def change_languages_in_bulk() -> None:
    for model in (Section, Rubric, Story):
        model.objects.update(language="en")


@door(Reach.BY_SWEEP)
def write_a_story_without_saving_it() -> Iterator[None]:
    """Write the three tables of a story the way an import script does."""
    parent = rubric()
    new = Story(title=word(), slug=slug(), body=BODY)
    yield
    last = parent.get_children().order_by("path").last()
    path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    (page,) = Page.objects.bulk_create(
        [
            Page(
                title=new.title,
                draft_title=new.title,
                slug=new.slug,
                path=path,
                depth=parent.depth + 1,
                url_path=f"{parent.url_path}{new.slug}/",
                locale=Locale.get_default(),
                content_type=ContentType.objects.get_for_model(Story),
                live=True,
            )
        ]
    )
    new.id = new.page_ptr_id = new.editorialpage_ptr_id = page.pk
    for model in (EditorialPage, Story):
        fields = model._meta.local_concrete_fields
        model._base_manager._insert([new], fields=fields, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + 1)
