"""One address of each template, and of each look that a template can have, in the demo."""

ADDRESSES = {
    "home": "/",
    "story": "/vraag-van-de-maand/waarom-is-het-in-hal-2-nooit-warmer-dan-zestien-graden/",
    "story with a gallery": "/dagje-mee/dagje-mee-met-de-zandzeef/",
    "story with a film": "/van-buiten-naar-binnen/negen-wipkippen-op-de-boot-naar-vlieland/",
    "interview": "/op-de-praatstoel/ik-hoor-aan-de-las-of-iemand-haast-had/",
    "rubric": "/op-de-praatstoel/",
    "rubrics": "/rubrieken/",
    "year": "/op-de-praatstoel/2026/",
    "month": "/op-de-praatstoel/2026/10/",
    "announcement": "/mededelingen/lakstraat-staat-stil/",
    "lapsed announcement": "/mededelingen/carnaval-oss-is-dicht/",
    "section": "/mededelingen/",
    "person": "/collegas/magda-kowalczyk/",
    "people": "/collegas/",
    "tag": "/onderwerp/lassen/",
    "theme": "/thema/veilig-werken/",
    "search": "/zoeken/",
    "search with an answer": "/zoeken/#q=lassen",
    "yours": "/a/",
    "without a connection": "/offline.html",
    "hand-kept page": "/huisregels/",
    "hand-kept page in English": "/house-rules/",
    "404": "/hier-is-niets/",
}
MEASURED = ("home", "rubric", "story", "search")
"""What Lighthouse is asked about."""
