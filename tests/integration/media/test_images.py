"""From upload to the sizes the hub shows, through the doors that editors use."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.images.forms import BaseImageForm, get_image_form

from cms.documents.actions import look_again
from cms.documents.models import PublicDocument
from cms.media.models import Image, Rendition
from cms.media.renditions import ensure_renditions, missing_renditions, specs_for
from cms.media.tasks import make_what_is_missing
from tests import factories

pytestmark = pytest.mark.django_db
SMALL = (("webp", 160), ("webp", 320), ("webp", 480))


def upload(
    *,
    size: tuple[int, int] = (640, 480),
    kind: str = "JPEG",
    name: str = "a.jpg",
    **options: object,
) -> SimpleUploadedFile:
    encoded = io.BytesIO()
    Pillow.new("RGB", size, "teal").save(encoded, kind, **options)
    return SimpleUploadedFile(name, encoded.getvalue())


def form(
    file: SimpleUploadedFile | None, *, instance: Image | None = None, **fields: object
) -> BaseImageForm:
    data = {"title": "Fiets", "rights": "own", "collection": 1, **fields}
    return get_image_form(Image)(
        data, {"file": file}, instance=instance or Image(), user=factories.community_manager()
    )


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (300, {("webp", 160), ("webp", 300), ("jpeg", 300)}),
        (640, {*SMALL, ("webp", 640), ("jpeg", 640)}),
        (
            3000,
            {*SMALL, ("webp", 800), ("webp", 1200), ("webp", 1600), ("jpeg", 800), ("jpeg", 1200)},
        ),
    ],
)
def test_sizes_are_never_wider_than_the_original(
    width: int, expected: set[tuple[str, int]]
) -> None:
    image = factories.image(file__width=width, file__height=200)
    ensure_renditions(image)

    made = Rendition.objects.for_hub()

    assert {(each.format, each.width) for each in made} == expected
    assert missing_renditions(image) == []
    assert ensure_renditions(image) == []


def test_each_size_is_known_by_the_hash_of_its_bytes() -> None:
    image = factories.image()
    ensure_renditions(image)

    for rendition in image.renditions.all():
        with rendition.file.open("rb") as file:
            content = file.read()
        assert hashlib.sha256(content).hexdigest() == rendition.content_hash
        assert len(content) == rendition.content_size
        assert Pillow.open(io.BytesIO(content)).size == (rendition.width, rendition.height)


def test_a_transparent_picture_gets_a_white_ground_in_jpeg() -> None:
    encoded = io.BytesIO()
    Pillow.new("RGBA", (40, 40), (0, 0, 0, 0)).save(encoded, "PNG")
    image = Image(title="x", file=SimpleUploadedFile("a.png", encoded.getvalue()))
    image.save()
    ensure_renditions(image)

    jpeg = next(each for each in image.renditions.all() if each.format == "jpeg")
    with jpeg.file.open("rb") as file:
        ground = Pillow.open(file).getpixel((5, 5))
    assert isinstance(ground, tuple)
    assert min(ground) > 245


def test_an_upload_makes_its_sizes_by_a_task(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = factories.image()

    assert missing_renditions(image) == []


def test_another_file_ends_the_sizes_of_the_old_one(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = factories.image()
    before = set(image.renditions.values_list("content_hash", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        image.file = upload(size=(500, 500))  # type: ignore[assignment]  # Wagtail's field is untyped
        image.save()

    after = set(image.renditions.values_list("content_hash", flat=True))
    assert after
    assert not before & after
    assert (image.width, image.height) == (500, 500)


def test_another_file_reaches_the_document(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    image = factories.image()
    story = factories.story(live=True, lead_image=image)
    look_again(story)
    assert PublicDocument.objects.get(pk=image.public_id).content["renditions"] == []

    with django_capture_on_commit_callbacks(execute=True):
        ensure_renditions(image)

    told = PublicDocument.objects.get(pk=image.public_id).content["renditions"]
    assert len(told) == len(specs_for(image))


def test_a_picture_from_before_gets_the_sizes_that_it_lacks() -> None:
    before, narrow, new = (factories.image(file__width=width) for width in (900, 100, 900))
    for image in (before, narrow):
        ensure_renditions(image)
    before.renditions.filter(filter_spec__contains="width-160").delete()

    assert make_what_is_missing() == 1

    assert missing_renditions(before) == []
    assert missing_renditions(new) == specs_for(new)


def test_the_focal_point_is_told_as_a_part_of_the_picture() -> None:
    assert Image(width=200, height=100).focus == (0.5, 0.5)
    assert Image(width=200, height=100, focal_point_x=50, focal_point_y=90).focus == (0.25, 0.9)


def test_the_form_keeps_a_clean_picture() -> None:
    exif = Pillow.Exif()
    exif[0x010F] = "SecretCam"
    bound = form(upload(exif=exif), description="Een fiets")

    assert bound.is_valid(), bound.errors
    image = bound.save()
    with image.open_file() as file:
        assert b"SecretCam" not in file.read()
    assert image.file_hash
    assert list(bound.fields)[:3] == ["title", "file", "description"]


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("a.jpg", b"no picture"),
        upload(kind="TIFF", name="a.jpg"),
    ],
)
def test_the_form_says_what_is_wrong_with_a_file(file: SimpleUploadedFile) -> None:
    bound = form(file)

    assert not bound.is_valid()
    assert list(bound.errors) == ["file"]
    assert len(bound.errors["file"]) == 1


@pytest.mark.parametrize("kind", ["HEIF", "PNG"])
def test_the_form_takes_a_picture_for_what_it_is(kind: str) -> None:
    bound = form(upload(kind=kind, name="IMG_4031.jpg"))

    assert bound.is_valid(), bound.errors
    with Pillow.open(bound.save().file.path) as kept:
        assert kept.format == {"HEIF": "JPEG"}.get(kind, kind)


def test_changing_words_alone_keeps_the_file() -> None:
    image = factories.image()
    name = image.file.name
    bound = form(None, instance=image, description="Een bakfiets")

    assert bound.is_valid(), bound.errors
    assert bound.save().file.name == name


def test_a_bad_file_in_the_newsrooms_upload_is_answered_in_words(client: Client) -> None:
    client.force_login(factories.community_manager())

    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "x", "files[]": upload(kind="TIFF", name="a.jpg")},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert response.status_code == 200
    assert response.json()["success"] is False
    assert response.json()["error_message"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("door", ["wagtailimages:add_multiple", "wagtailimages_chooser:create"])
def test_the_newsroom_takes_what_an_iphone_calls_a_jpg(client: Client, door: str) -> None:
    client.force_login(factories.community_manager())
    sent = upload(kind="HEIF", name="IMG_4031.jpg")
    field = "files[]" if door.endswith("multiple") else "image-chooser-upload-file"
    words = {
        "title": "x",
        "image-chooser-upload-title": "Hal",
        "image-chooser-upload-rights": "own",
    }

    response = client.post(
        reverse(door),
        {**words, "image-chooser-upload-collection": 1, field: sent},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert response.status_code == 200
    with Pillow.open(Image.objects.get().file.path) as kept:
        assert kept.format == "JPEG"


def test_a_good_file_in_the_newsrooms_upload_is_kept(client: Client) -> None:
    client.force_login(factories.community_manager())

    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "x", "files[]": upload()},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert response.json()["success"] is True
    assert Image.objects.count() == 1


def test_a_file_that_waited_for_its_form_is_taken_in_as_well() -> None:
    exif = Pillow.Exif()
    exif[0x010F] = "SecretCam"
    image = Image(title="x")
    image.file.save("a.jpg", upload(exif=exif), save=False)  # what Wagtail's own view does
    image.save()

    with image.open_file() as file:
        assert b"SecretCam" not in file.read()


def test_wagtails_own_sizes_are_not_the_hubs() -> None:
    image = factories.image()
    Rendition.objects.create(image=image, filter_spec="max-165x165", file=upload(size=(165, 100)))

    assert not Rendition.objects.for_hub().exists()
    assert set(missing_renditions(image)) == set(specs_for(image))
