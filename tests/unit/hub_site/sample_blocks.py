"""Every block in the sample hub, with the odd ones among them, and the files that they show."""

from tests.unit.hub_site.making import Json, block, file, identity, image_ref, person_ref

SCENES = ("01-de-las-horen", "08-ring-af-handschoen-aan", "15-vijf-uur-veertig-in-oss")


def rubric_id(title: str) -> str:
    return identity(f"rubric {title}")


def every_block() -> list[Json]:
    interview = identity("interview op-de-praatstoel/ik-hoor-aan-de-las/")
    return [
        block(
            "paragraph",
            1,
            html="<p>"
            + "Om tien voor zes ronkt de zandauto al, en de koffie is nog niet bruin. " * 4
            + f'Lees ook <a href="document:{interview}">het gesprek met Sietse</a>, of bel '
            '<a href="tel:+31570000114">toestel 114</a>.</p><ul><li>helm</li><li>hesje</li></ul>',
        ),
        block("heading", 1, text="Zes uur: de eerste schommel"),
        block(
            "paragraph", 2, html="<p>Een <em>lege</em> plek, <strong>tien</strong> zakken zand.</p>"
        ),
        block(
            "image",
            1,
            **image_ref("08-ring-af-handschoen-aan", caption="Zonder ring past hij wél."),
        ),
        block("heading", 2, text="Acht uur: arbeidsongeschiktheidsverzekeringsgesprek"),
        block(
            "pull_quote",
            1,
            text="Een schommel van zestien piept anders dan een van zes.",
            speaker=person_ref("Sietse Wiersma"),
        ),
        block("heading", 3, text="Tien uur"),
        block(
            "call_out",
            1,
            title="Zo doe je het zelf",
            body_html="<ol><li>Kijk.</li><li>Voel.</li></ol>",
        ),
        block("heading", 4, text="Twaalf uur"),
        block(
            "question_answer", 1, question="Wie graaft het diepst?", answer_html="<p>Dwight.</p>"
        ),
        block("heading", 5, text="Twaalf uur"),
        block("paragraph", 3, html="<p>Klaar is klaar.</p>"),
        *_shown_blocks(),
    ]


def _shown_blocks() -> list[Json]:
    """Blocks that show or hand out something, with the odd ones among them."""
    named = {"title": "De reünie", "images": [image_ref(scene) for scene in SCENES]}
    wide = [{"text": f"Kolom {number}", "is_number": number > 0} for number in range(30)]
    return [
        block("gallery", 1, **named),
        block("gallery", 2, title="", images=[image_ref(SCENES[0], caption="Alleen.")]),
        block(
            "table",
            1,
            caption="Wat er in de bus gaat",
            columns=[{"text": "Wat", "is_number": False}, {"text": "Hoeveel", "is_number": True}],
            rows=[["Zakken zand", "10"], ["Schommels", "1"]],
            row_headings=True,
        ),
        block("table", 2, caption="", columns=wide, rows=[["x"]], row_headings=False),
        block("code", 1, text='=AANTAL.ALS(A2:A12;"<wip>")', caption="In cel B1"),
        block("button", 1, text="Geef je op", target=rubric_id("Dagje mee"), url=None),
        block("button", 2, text="Naar buiten", target=None, url="https://speelwerk.example/"),
        block("document", 1, file=identity("file Formulier bouwvak"), title=""),
        block(
            "video",
            1,
            file=identity("file Truus krijgt een hoed"),
            title="Truus krijgt een hoed",
            poster=image_ref(SCENES[0], decorative=True),
            captions=identity("file Ondertitels"),
            captions_language="nl",
            transcript_html="<p>‘Hou jij haar vast?’</p>",
        ),
    ]


def files() -> list[Json]:
    return [
        file("Formulier bouwvak", "pdf"),
        file("Truus krijgt een hoed", "mp4"),
        file("Ondertitels", "vtt"),
    ]
