import strawberry

from hub_api.types.images import ImageUse


@strawberry.type(description="A part of the organisation.")
class Department:
    id: strawberry.ID = strawberry.field(description="Its id; filter items by it.")
    name: str = strawberry.field(description="What it is called.")


@strawberry.type(description="A place where people of the organisation work.")
class Location:
    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="What it is called.")


@strawberry.type(description="A colleague who chose to have a page on the hub.")
class Person:
    id: strawberry.ID = strawberry.field(description="Their id; filter items by it.")
    path: str = strawberry.field(description="Their page on the hub.")
    name: str = strawberry.field(description="As they write it.")
    pronouns: str = strawberry.field(description="May be empty.")
    role: str = strawberry.field(description="Their work, in a few words; may be empty.")
    department: Department | None = strawberry.field(description="Where they work.")
    location: Location | None = strawberry.field(description="At which place.")
    started: str | None = strawberry.field(description="Year and month, such as `2019-03`.")
    portrait: ImageUse | None = strawberry.field(description="Their picture, by their own choice.")
    ask_me_about: list[str] = strawberry.field(description="Subjects, at most six.")
    about_html: str = strawberry.field(description="About themselves, in the hub's safe markup.")
    email: str | None = strawberry.field(description="Only where they chose to show it.")
    is_newcomer_shown: bool = strawberry.field(description="May be introduced as a newcomer.")


@strawberry.type(description="Somebody named in an item, with or without a page of their own.")
class PersonMention:
    name: str = strawberry.field(description="Their name.")
    role: str = strawberry.field(description="Their work; may be empty.")
    person: Person | None = strawberry.field(description="Null for who has no page on the hub.")
