import strawberry

from hub_api.types.people import PersonMention


@strawberry.type(description="The organisation's own sign, as large as pages show it.")
class Logo:
    hash: str = strawberry.field(description="SHA-256 of its bytes, in hex; also its address.")
    format: str = strawberry.field(description="`webp`.")
    width: int = strawberry.field(description="In pixels.")
    height: int = strawberry.field(description="In pixels.")
    bytes: int = strawberry.field(description="How large the file is, at most 10,000 bytes.")
    ground: str = strawberry.field(
        description="What it must stand on: `light`, `dark`, or `own` where it brings its ground."
    )


@strawberry.type(description="The house style: how the hub wears the organisation's own colours.")
class Style:
    id: strawberry.ID = strawberry.field(description="Its id.")
    light: str | None = strawberry.field(
        description="Of links and signs, as `#rrggbb`; null where the theme's own is used."
    )
    dark: str | None = strawberry.field(
        description="The same on a dark screen, as `#rrggbb`; null for the theme's own."
    )
    accent: str | None = strawberry.field(
        description="Of what is new or asks for something, as `#rrggbb`; null for the theme's own."
    )
    headings: str = strawberry.field(description="Letters of headings: `eczar` or `schibsted`.")
    letters: str = strawberry.field(description="Letters of stories: `literata` or `schibsted`.")
    logo: Logo | None = strawberry.field(
        description="Stands where the hub's name would; null where that stands."
    )
    logo_dark: Logo | None = strawberry.field(
        description="Instead of `logo` on a dark screen; null where that one stands there too."
    )


@strawberry.type(description="The hub itself.")
class Hub:
    id: strawberry.ID = strawberry.field(description="Its id.")
    language: str = strawberry.field(description="Of its interface: `nl` or `en`.")
    title: str = strawberry.field(description="What the organisation calls it.")
    organisation: str = strawberry.field(description="Whose it is.")
    introduction: str = strawberry.field(description="What it is for, in a sentence.")
    time_zone: str = strawberry.field(description="The zone its dates are shown in.")
    headcount: int | None = strawberry.field(description="How many colleagues there are.")
    editors: str = strawberry.field(description="Whom to ask.")
    editors_email: str = strawberry.field(description="Where to write to them.")
    style: Style | None = strawberry.field(
        description="The house style; null where the hub wears the theme's own look."
    )


@strawberry.type(description="A recurring format with a fixed frame.")
class Rubric:
    id: strawberry.ID = strawberry.field(description="Its id; filter items by it.")
    path: str = strawberry.field(description="Its page on the hub.")
    language: str = strawberry.field(description="`nl` or `en`.")
    title: str = strawberry.field(description="Its name.")
    purpose: str = strawberry.field(description="What it is for.")
    tone: str = strawberry.field(description="How it speaks.")
    cadence: str = strawberry.field(description="How often, in words.")
    keeper: PersonMention | None = strawberry.field(description="Who looks after it.")
    colour: str = strawberry.field(description="A colour of the theme.")
    tile: str = strawberry.field(description="A sign of the theme.")
    introduction_html: str = strawberry.field(description="In the hub's safe markup.")
    order: int = strawberry.field(description="Where it stands among the rubrics.")


@strawberry.type(description="Where items outside a rubric live.")
class Section:
    id: strawberry.ID = strawberry.field(description="Its id.")
    path: str = strawberry.field(description="Its page on the hub.")
    title: str = strawberry.field(description="Its name.")
    introduction: str = strawberry.field(description="What one finds there.")


@strawberry.type(description="A subject that items share.")
class Tag:
    id: strawberry.ID = strawberry.field(description="Its id; filter items by it.")
    path: str = strawberry.field(description="Its page on the hub.")
    title: str = strawberry.field(description="In a word or two.")


@strawberry.type(description="What the organisation wants the community to serve this year.")
class Goal:
    id: strawberry.ID = strawberry.field(description="Its id.")
    code: str = strawberry.field(description="Its short code.")
    title: str = strawberry.field(description="What it is.")
    measure: str = strawberry.field(description="How one sees that it works.")
    owner: PersonMention | None = strawberry.field(description="Who answers for it.")


@strawberry.type(description="What the organisation holds dear.")
class CoreValue:
    id: strawberry.ID = strawberry.field(description="Its id.")
    code: str = strawberry.field(description="Its short code.")
    title: str = strawberry.field(description="What it is.")
    motto: str = strawberry.field(description="In the words of the shop floor.")
