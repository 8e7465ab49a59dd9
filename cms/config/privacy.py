"""Every place where Plein holds something about a person: what for, on what ground, how long.

A test walks all models and log formats and fails on a personal field that is not declared here;
the table of the handbook's privacy page is this list in words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cms.config import nginx, web_log
from cms.core import security_log
from hub_site import readers_on_disk

type Language = Literal["nl", "en"]

HEADS = {
    "nl": ("Wat", "Waarvoor", "Op welke grond", "Wie ziet het", "Hoe lang"),
    "en": ("What", "What for", "On what ground", "Who sees it", "How long"),
}
# Fields of this kind are about somebody unless they stand in NOT_ABOUT_SOMEBODY.
PERSONAL_NAMES = re.compile(
    r"(?:.*_)?(?:username|user|account|person|people|members?|owner|author|keeper|interviewee"
    r"|first_name|last_name|full_name|email|mail|phone|telephone|address|ip|user_agent|device"
    r"|birth\w*|born|age|gender|sex|nationality|pronouns|portrait|avatar|about|password|secret"
    r"|session_key|session_data|subject|personnel_number|started|date_joined|last_login"
    r"|last_seen\w*|locked_by|finished_by|approved_by|requested_by|resolved_by|by|content_json"
    r"|args_kwargs|message_data|to_address|recipients?)"
)
PERSONAL_MODELS = frozenset({"accounts.User", "accounts.Person"})
NOT_ABOUT_SOMEBODY = re.compile(
    r"accounts\.User\.(?:id|is_staff|is_superuser|is_active|session_generation)"
    r"|accounts\.Person\.(?:id|public_id|slug|shown_on_hub|is_newcomer_shown)"
    r"|stories\.\w+\.(?:about|subject)|wagtailcore\.\w+ViewRestriction\.password|\w+\.\w+\.(?:content_type|site_name)"
)
# What a line of a log may hold about nobody.
IMPERSONAL_IN_LOGS = frozenset(
    (
        *("time", "event", "level", "logger", "message", "stack", "what"),
        *("asctime", "levelname", "name"),
        *("time_iso8601", "request_method", "status", "body_bytes_sent", "request_time", "uri"),
        *("plein_house", "method", "path", "dt_ms"),
    )
)


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """One purpose and all fields that serve it.

    Attributes:
        fields: A pattern of `app.Model.field`, or `log.<name>.<field>`.
    """

    fields: str
    nl: tuple[str, str, str, str, str]
    en: tuple[str, str, str, str, str]

    def covers(self, field: str) -> bool:
        return re.fullmatch(self.fields, field) is not None


DECLARATIONS = (
    Declaration(
        fields=r"accounts\.User\.(?:username|first_name|last_name|email|password|personnel_number"
        r"|date_joined|last_login|groups|user_permissions)|accounts\.User_\w+\.\w+"
        r"|wagtailcore\.APIToken\.\w+|accounts\.(?:ActivationCode|CodeApp|RecoveryCode|OrganisationIdentity"
        r"|AccountList)\.\w+|otp_\w+\.\w+\.\w+",
        nl=(
            "Je account: naam, e-mailadres of personeelsnummer, versleuteld wachtwoord, rollen",
            "Inloggen, en weten wat je mag",
            "Nodig voor je werk hier (gerechtvaardigd belang)",
            "Jij en de beheerders",
            "Tot je account wordt opgeheven",
        ),
        en=(
            "Your account: name, e-mail address or personnel number, hashed password, roles",
            "Signing in, and knowing what you may do",
            "Needed for your work here (legitimate interest)",
            "You and the administrators",
            "Until your account is removed",
        ),
    ),
    Declaration(
        fields=r"accounts\.User\.(?:department|location|started)|audiences\.Audience\w*\.\w+",
        nl=(
            "Afdeling, locatie en de maand waarin je begon",
            "Je laten lezen wat voor jouw plek bedoeld is",
            "Gerechtvaardigd belang",
            "Jij, beheerders en communitymanagers",
            "Tot je account wordt opgeheven",
        ),
        en=(
            "Department, location and the month you started",
            "Letting you read what is meant for your place",
            "Legitimate interest",
            "You, administrators and community managers",
            "Until your account is removed",
        ),
    ),
    Declaration(
        fields=r"sessions\.Session\.\w+|accounts\.OrganisationSession\.\w+"
        r"|log\.gate\.(?:hash|audiences|quarter)",
        nl=(
            "Dat je bent ingelogd",
            "Niet bij elke pagina opnieuw hoeven inloggen",
            "Gerechtvaardigd belang",
            "Niemand",
            "Tot je uitlogt of de tijd om is",
        ),
        en=(
            "That you are signed in",
            "Not having to sign in for every page",
            "Legitimate interest",
            "Nobody",
            "Until you sign out or its time is over",
        ),
    ),
    Declaration(
        fields=r"accounts\.Person\.(?!id$)\w+|media\.Image(?:_people_shown\.\w+|\.people_shown)"
        r"|stories\.(?:Author|PersonInItem)\.\w+|stories\.Theme\.people|stories\.Theme_people\.person|stories\.\w+\.(?:interviewee|keeper|owner)"
        r"|contributions\.Contribution\.about|events\.Event\.organiser",
        nl=(
            "Jouw pagina bij Collega's, en je naam, foto en woorden in een verhaal",
            "Elkaar leren kennen",
            "Jouw toestemming",
            "Collega's",
            "Tot jij het weg wilt hebben",
        ),
        en=(
            "Your page under Colleagues, and your name, picture and words in a story",
            "Getting to know each other",
            "Your consent",
            "Colleagues",
            "Until you want it gone",
        ),
    ),
    Declaration(
        fields=r"wagtailcore\.(?:Page|Revision|PageLogEntry|ModelLogEntry|WorkflowState|TaskState"
        r"|Comment|CommentReply|PageSubscription|UploadedFile)\.\w+"
        r"|(?:stories|events)\.\w+\.(?:locked_by|owner|circle)|stories\.\w+_circle\.user|stories\.HubPage\.editors_email|(?:media|wagtail(?:images|docs))\.\w+\.uploaded_by_user"
        r"|stories\.QuestionSet\.made_by|contributions\.\w+\.(?:author|saved_by)"
        r"|audiences\.RemovedInConfidence\w*\.\w+"
        r"|workflow\.\w+\.(?:finished_by|person)|publishing\.\w+\.(?:approved_by|by)"
        r"|workflow\.ApprovalState\.answered_by|publishing\.Emergency\.(?:sent_by|confirmed_by)",
        nl=(
            "Wie een tekst schreef, goedkeurde, plaatste of weghaalde, en wanneer",
            "Kunnen nagaan hoe een tekst op de hub kwam",
            "Gerechtvaardigd belang",
            "De redactie",
            "Zolang de tekst er is; eerdere versies een jaar, logboek en vergeten concepten twee",
        ),
        en=(
            "Who wrote a text, approved it, placed it or took it away, and when",
            "Being able to tell how a text came to the hub",
            "Legitimate interest",
            "The editors",
            "As long as the text is there; earlier versions a year, log and forgotten drafts two",
        ),
    ),
    Declaration(
        fields=r"agreement\.(?!Representative)\w+\.\w+",
        nl=(
            "Waar je ja op zei (woorden, foto), wanneer en hoe, en of je dat introk",
            "Kunnen laten zien dat je het goedvond, en het weghalen als je het niet meer goedvindt",
            "Wettelijke plicht: toestemming moet te bewijzen zijn",
            "Jij en de redactie; dat iemand nee zei, ziet alleen die persoon",
            "Zolang het op de hub staat, en een jaar daarna; de woorden zelf tot je je ja intrekt",
        ),
        en=(
            "What you said yes to (words, picture), when and how, and whether you took it back",
            "Being able to show that you agreed, and taking it away when you no longer do",
            "Legal duty: consent has to be proven",
            "You and the editors; that somebody said no is for that person only",
            "As long as it is on the hub, and a year after; the words until you take your yes back",
        ),
    ),
    Declaration(
        fields=r"agreement\.Representative\.\w+",
        nl=(
            "Wie voor iemand antwoordt (ouder, nabestaande), met e-mailadres",
            "Toestemming vragen aan wie erover gaat",
            "Wettelijke plicht",
            "De redactie",
            "Tot het niet meer nodig is",
        ),
        en=(
            "Who answers for somebody: a parent (under 16) or next of kin, with e-mail address",
            "Asking consent of whoever decides about it",
            "Legal duty",
            "The editors",
            "Until it is no longer needed",
        ),
    ),
    Declaration(
        fields=r"wagtailadmin\.(?:EditingSession|FormState)\.\w+|wagtailusers\.UserProfile\.\w+"
        r"|wagtail_headless_preview\.PagePreview\.\w+",
        nl=(
            "Waar je in de redactie mee bezig bent, en hoe je het scherm wilt",
            "Je werk niet kwijtraken en elkaar niet overschrijven",
            "Gerechtvaardigd belang",
            "Jij, en wie aan dezelfde tekst werkt",
            "Een voorbeeld een dag; je voorkeuren tot je account wordt opgeheven",
        ),
        en=(
            "What you are working on in the newsroom, and how you want the screen",
            "Not losing your work and not overwriting each other's",
            "Legitimate interest",
            "You, and whoever works on the same text",
            "A preview a day; your preferences until your account is removed",
        ),
    ),
    Declaration(
        fields=r"planning\.\w+\.(?:proposed_by|answered_by|assignee|made_by|about|subject)"
        r"|accounts\.Person\.role_card",
        nl=(
            "Wat je is gevraagd te schrijven, wat je daarop zei, en ideeën die je gaf",
            "Weten wie wat maakt, en voor wanneer",
            "Gerechtvaardigd belang",
            "Jij en de redactie; nooit je leidinggevende als zodanig",
            "Zolang het verzoek er is",
        ),
        en=(
            "What you were asked to write, what you said to it, and ideas you gave",
            "Knowing who makes what, and by when",
            "Legitimate interest",
            "You and the editors; never your line manager as such",
            "As long as the request is there",
        ),
    ),
    Declaration(
        fields=r"links\.PersonalLink\.\w+|contributions\.\w+\.saved_through",
        nl=(
            "Een link die iemand je gaf: je naam, en waar nodig e-mailadres of telefoonnummer",
            "Antwoorden of akkoord geven zonder account",
            "Gerechtvaardigd belang",
            "Wie je de link gaf",
            "Een jaar nadat de link niet meer werkt",
        ),
        en=(
            "A link that somebody gave you: your name, and where needed a mail address or number",
            "Answering or agreeing without an account",
            "Legitimate interest",
            "Whoever gave you the link",
            "A year after the link stopped working",
        ),
    ),
    Declaration(
        fields=r"mailer\.\w+\.\w+|django_tasks_database\.DBTaskResult\.\w+|alarms\.\w+\.\w+"
        r"|workflow\.EditNotice\.\w+",
        nl=(
            "Berichten die naar je onderweg zijn, en werk dat op de achtergrond gebeurt",
            "Je laten weten dat een tekst op je wacht of online staat",
            "Gerechtvaardigd belang",
            "Niemand",
            "Een bericht tot het verstuurd is; dat er iets gebeurde dertig dagen",
        ),
        en=(
            "Messages on their way to you, and work done in the background",
            "Letting you know that a text waits for you or is online",
            "Legitimate interest",
            "Nobody",
            "A message until it is sent; that something was done thirty days",
        ),
    ),
    Declaration(
        fields=r"tray\.Note\.(?:sender|sender_email|settled_by)",
        nl=(
            "Je naam of e-mailadres bij een vraag of tip, als je die erbij zet",
            "Je laten weten wat ermee gebeurt",
            "Jouw toestemming",
            "De redactie",
            "Drie maanden na het antwoord; de vraag zelf een jaar",
        ),
        en=(
            "Your name or e-mail address with a question or tip, if you add it",
            "Letting you know what is done with it",
            "Your consent",
            "The editors",
            "Three months after the answer; the question itself a year",
        ),
    ),
    Declaration(
        fields=r"log\.security\.(?:account|by|address)|log\.nginx-faults\.address"
        r"|accounts\.AttemptCount\.\w+",
        nl=(
            "Inloggen, uitloggen, geweigerde toegang en gewijzigde rechten, met netwerkadres",
            "Misbruik ontdekken en stoppen",
            "Gerechtvaardigd belang: beveiliging",
            "De beheerders",
            "Dertig dagen",
        ),
        en=(
            "Signing in and out, refused access and changed permissions, with the network address",
            "Finding and stopping abuse",
            "Legitimate interest: security",
            "The administrators",
            "Thirty days",
        ),
    ),
)


def is_personal(model: str, name: str, *, points_at_person: bool, kind: str) -> bool:
    """Say whether a field of a model is about somebody, as far as its make tells."""
    if NOT_ABOUT_SOMEBODY.fullmatch(f"{model}.{name}"):
        return False
    return (
        points_at_person
        or model in PERSONAL_MODELS
        or kind in {"EmailField", "GenericIPAddressField"}
        or PERSONAL_NAMES.fullmatch(name) is not None
    )


def is_declared(field: str) -> bool:
    return any(declaration.covers(field) for declaration in DECLARATIONS)


def fields_of_logs() -> Iterator[str]:
    """Yield what every kind of log line holds, and the gate's memory, as `log.<name>.<field>`."""
    yield from (f"log.security.{name}" for name in security_log.fields())
    for log, text in (("nginx-hub", nginx.HUB_FORMAT), ("nginx-rest", nginx.REST_FORMAT)):
        yield from (f"log.{log}.{name}" for name in re.findall(r"\$(\w+)", text))
    yield from (f"log.web.{name}" for name in re.findall(r"%\((\w+)\)", web_log.FORMAT))
    yield "log.nginx-faults.address"
    yield from (f"log.gate.{name}" for name in readers_on_disk.COLUMNS)


def table(language: Language) -> str:
    """Return the declarations as the table of the privacy page."""
    rows = [HEADS[language], ("---",) * 5]
    rows += [each.nl if language == "nl" else each.en for each in DECLARATIONS]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
