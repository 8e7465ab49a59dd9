"""The table of every door: who passes, and to whose drafts. A door without a row fails the tests.

Rows of the newsroom say who passes its doors at all; what Wagtail's own views refuse after that
comes on top. Whole areas of Wagtail that only those pass who look after everything have one row.
"""

from collections.abc import Iterator

from tests.integration.desk.door_world import CONFIDED, GATED, OPEN

ALL = frozenset({"other", "writer", "manager", "administrator", "superuser", "inside"})
MANAGERS = ALL - {"other", "writer"}
SHUT: frozenset[str] = frozenset()


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _for_drafts(known: frozenset[str], *, circle: frozenset[str]) -> dict[str, frozenset[str]]:
    return {OPEN: known, GATED: known, CONFIDED: circle}


ROWS: dict[str, dict[str, frozenset[str]]] = {
    "anybody": _for_drafts(ALL, circle=ALL),
    "managers": _for_drafts(MANAGERS, circle=MANAGERS),
    "own": _for_drafts(MANAGERS | {"writer"}, circle=frozenset({"writer", "inside"})),
    "page": _for_drafts(MANAGERS, circle=frozenset({"inside"})),
    "shut": _for_drafts(SHUT, circle=SHUT),
}
"""Who passes, by whose draft the arguments of the address point at."""

NEWSROOM = {
    "anybody": """
        desk:batch desk_items:index desk_items:index_results
        wagtailadmin_account wagtailadmin_block_preview wagtailadmin_choose_page
        wagtailadmin_choose_page_anchor_link wagtailadmin_choose_page_email_link
        wagtailadmin_choose_page_external_link wagtailadmin_choose_page_phone_link
        wagtailadmin_choose_page_search wagtailadmin_dismissibles wagtailadmin_home
        wagtailadmin_javascript_catalog wagtailadmin_logout wagtailadmin_password_reset
        wagtailadmin_password_reset_complete wagtailadmin_password_reset_confirm
        wagtailadmin_password_reset_done wagtailadmin_sprite wagtailadmin_tag_autocomplete
        wagtailadmin_tag_model_autocomplete wagtailadmin_editing_sessions:release
        wagtailimages:add wagtailimages:add_multiple wagtailimages:index
        wagtailimages:index_results wagtailimages:create_multiple_from_uploaded_image
        wagtailimages:delete wagtailimages:delete_multiple wagtailimages:delete_upload_multiple
        wagtailimages:edit wagtailimages:edit_multiple
        wagtailimages_chooser:choose wagtailimages_chooser:choose_results
        wagtailimages_chooser:chosen wagtailimages_chooser:chosen_multiple
        wagtailimages_chooser:create wagtailimages_chooser:select_format
        wagtailsnippetchoosers_accounts_person:choose
        wagtailsnippetchoosers_accounts_person:choose_results
        wagtailsnippetchoosers_accounts_person:chosen
    """,
    "managers": """
        desk:requests desk:request desk:new_request desk:request_list desk:answer_idea desk:leaving
        desk:status desk:register desk:register_of_one desk_items:choose_parent
        desk:front desk:style desk:house_rules desk:log desk:tray desk:turnaround
        wagtail_bulk_action
        wagtailadmin_choose_page_chosen_multiple wagtailadmin_error_test wagtailadmin_login
        wagtailadmin_explore_root wagtailadmin_pages:search wagtailadmin_pages:search_results
        wagtailadmin_pages:choose_parent wagtailadmin_pages:type_use
        wagtailadmin_pages:type_use_results wagtailadmin_api:pages:find
        wagtailadmin_api:pages:listing
        wagtailimages:image_usage wagtailimages:preview wagtailimages:url_generator
        wagtailimages:url_generator_output
        wagtailsnippetchoosers_accounts_person:chosen_multiple
        wagtailsnippetchoosers_accounts_person:create
    """,
    "own": """
        desk:accept_edit desk:agreement desk:answer desk:circle desk:emergency
        wagtailadmin_choose_page_child
        wagtailadmin_editing_sessions:ping wagtailadmin_pages:delete wagtailadmin_pages:edit
        wagtailadmin_pages:history wagtailadmin_pages:history_results
        wagtailadmin_pages:preview_on_edit wagtailadmin_pages:revisions_compare
        wagtailadmin_pages:revisions_index wagtailadmin_pages:revisions_revert
        wagtailadmin_pages:revisions_view wagtailadmin_pages:view_draft
    """,
    "page": """
        desk:approve desk:approve_small desk:checklist desk:moment desk:offline desk:questions
        desk:send_back
        wagtailadmin_api:pages:detail
        wagtailadmin_explore wagtailadmin_explore_results wagtailadmin_pages:add
        wagtailadmin_pages:add_subpage wagtailadmin_pages:copy wagtailadmin_pages:lock
        wagtailadmin_pages:move wagtailadmin_pages:move_confirm
        wagtailadmin_pages:preview_on_add wagtailadmin_pages:set_page_position
        wagtailadmin_pages:unlock wagtailadmin_pages:usage wagtailadmin_pages:workflow_history
        wagtailadmin_pages:workflow_history_detail
    """,
    "shut": """
        wagtailadmin_api:pages:action wagtailadmin_pages:collect_workflow_action_data
        wagtailadmin_pages:confirm_workflow_cancellation wagtailadmin_pages:convert_alias
        wagtailadmin_pages:revisions_unschedule wagtailadmin_pages:set_privacy
        wagtailadmin_pages:unpublish wagtailadmin_pages:workflow_action
        wagtailadmin_pages:workflow_preview
    """,
}
AREAS_OF_MANAGERS = _names(
    """
    accounts     wagtailadmin_api:documents wagtailadmin_api:images wagtailadmin_collections
    wagtailadmin_reports wagtailadmin_workflows wagtaildocs wagtaildocs_chooser
    wagtailsettings wagtailsites wagtailsnippets wagtailusers_api_tokens wagtailusers_groups
    wagtailusers_users wagtailsnippets_accounts_department wagtailsnippets_accounts_location
    wagtailsnippets_accounts_person wagtailsnippets_audiences_audience
    wagtailsnippets_stories_corevalue wagtailsnippets_stories_goal
    wagtailsnippets_stories_tag wagtailsnippetchoosers_accounts_department
    wagtailsnippetchoosers_accounts_location wagtailsnippetchoosers_audiences_audience
    wagtailsnippetchoosers_stories_corevalue wagtailsnippetchoosers_stories_goal
    wagtailsnippetchoosers_stories_tag wagtailsnippets_stories_alert
    wagtailsnippetchoosers_stories_alert wagtailsnippets_stories_theme
    wagtailsnippetchoosers_stories_theme
    """
)
AREAS_OF_ADMINISTRATORS = _names("accounts wagtailusers_users wagtailusers_groups")
"""Areas whose own views refuse community managers, behind doors that let them pass."""
WITHOUT_SIGNING_IN = _names(
    """
    wagtailadmin_login wagtailadmin_javascript_catalog wagtailadmin_sprite
    wagtailadmin_password_reset wagtailadmin_password_reset_complete
    wagtailadmin_password_reset_confirm wagtailadmin_password_reset_done
    """
)
"""What answers whoever knocks; none of it shows anything of the newsroom."""


def row_of(name: str) -> str | None:
    """Return the row of a door of the newsroom; None where nobody decided on it."""
    for row, names in NEWSROOM.items():
        if name in names.split():
            return row
    return "managers" if name.rpartition(":")[0] in AREAS_OF_MANAGERS else None


def rows() -> Iterator[tuple[str, str]]:
    """Yield every named row, to find those whose door is gone."""
    for row, names in NEWSROOM.items():
        yield from ((row, name) for name in names.split())


OUTSIDE: dict[str, dict[str, int]] = {
    "login/": {"stranger": 200, "employee": 302, "superuser": 302},
    "login/account/": {"stranger": 302, "employee": 200, "superuser": 200},
    "login/account/code/": {"stranger": 302, "employee": 200, "superuser": 200},
    "login/account/paper/": {"stranger": 302, "employee": 302, "superuser": 302},
    "login/account/password/": {"stranger": 302, "employee": 200, "superuser": 200},
    "login/activate/": {"stranger": 200, "employee": 200, "superuser": 200},
    "login/code/": {"stranger": 302, "employee": 302, "superuser": 302},
    "login/forgotten/": {"stranger": 200, "employee": 200, "superuser": 200},
    "login/forgotten/new/": {"stranger": 200, "employee": 200, "superuser": 200},
    "login/organisation/": {"stranger": 404, "employee": 404, "superuser": 404},
    "login/organisation/back/": {"stranger": 404, "employee": 404, "superuser": 404},
    "login/organisation/ended/": {"stranger": 405, "employee": 405, "superuser": 405},
    "login/organisation/left/": {"stranger": 404, "employee": 404, "superuser": 404},
    "login/language/": {"stranger": 302, "employee": 302, "superuser": 302},
    "logout/": {"stranger": 200, "employee": 200, "superuser": 200},
    **{
        f"write/{path}": {"stranger": 302, "employee": 403, "superuser": status}
        for path, status in {
            "": 200,
            "planned/": 200,
            "planned/<uuid:assignment>/": 405,
            "idea/": 405,
            "start/<uuid:rubric>/": 404,
            "<uuid:name>/": 404,
            "<uuid:name>/about/": 404,
            "<uuid:name>/answer/": 405,
            "<uuid:name>/settle/": 405,
            "<uuid:name>/photo/": 405,
            "<uuid:name>/photo/<int:number>/": 404,
            "<uuid:name>/story/": 404,
            "<uuid:name>/request/": 404,
            "<uuid:name>/forward/": 404,
            "<uuid:name>/done/": 404,
            "<uuid:name>/back/": 404,
            "<uuid:name>/changes/": 404,
            "<uuid:name>/take-back/": 405,
        }.items()
    },
    **{
        f"write/agree/<uuid:name>/{path}": {"stranger": 302, "employee": 404, "superuser": 404}
        for path in ("", "put-back/", "picture/<uuid:picture>/")
    },
    "w/": {"stranger": 200, "employee": 200, "superuser": 200},
    "w/new/": {"stranger": 405, "employee": 405, "superuser": 405},
    "w/<str:code>/": {"stranger": 200, "employee": 200, "superuser": 200},
    "ask/": {"stranger": 302, "employee": 200, "superuser": 200},
    "follow/": {"stranger": 302, "employee": 200, "superuser": 200},
    "newsroom/login/": {"stranger": 302, "employee": 302, "superuser": 302},
    "graphql/": {"stranger": 405, "employee": 405, "superuser": 405},
    "graphql/media/(?P<content_hash>[0-9a-f]{64})": {
        "stranger": 401,
        "employee": 404,
        "superuser": 404,
    },
    "media/documents/(\\d+)/(.*)": {"stranger": 302, "employee": 403, "superuser": 404},
    "media/documents/authenticate_with_password/<int:restriction_id>/": {
        "stranger": 302,
        "employee": 403,
        "superuser": 404,
    },
    "media/<path:path>": {"stranger": 302, "employee": 403, "superuser": 404},
    "((?:[\\w\\-]+/)*)": {"stranger": 404, "employee": 404, "superuser": 404},
}
"""What a plain request gets from every other address that Django answers."""
FILLED = {
    "(?P<content_hash>[0-9a-f]{64})": "0" * 64,
    "(\\d+)/(.*)": "1/x.pdf",
    "<int:restriction_id>": "1",
    "<path:path>": "originals/x.png",
    "<uuid:rubric>": "0192f4a0-0000-7000-8000-000000000000",
    "<uuid:assignment>": "0192f4a0-0000-7000-8000-000000000000",
    "<uuid:picture>": "0192f4a0-0000-7000-8000-000000000000",
    "<uuid:name>": "0192f4a0-0000-7000-8000-000000000000",
    "<int:number>": "1",
    "<str:code>": "7HK2M-9QXTB",
    "((?:[\\w\\-]+/)*)": "somewhere/",
}

READERS = frozenset({"employee", "member", "writer", "manager", "superuser", "token", "press"})
PRESS = frozenset({"press"})
FIELDS: dict[str, tuple[str, frozenset[str]]] = {
    "hub": ("{ hub { title } }", READERS),
    "rubrics": ("{ rubrics { title } }", READERS),
    "sections": ("{ sections { title } }", READERS),
    "stories": ("{ stories { nodes { title } } }", READERS),
    "story": ('{ story(path: "PATH") { title } }', READERS),
    "people": ("{ people { nodes { name } } }", READERS),
    "tags": ("{ tags { nodes { title } } }", READERS),
    "feed": ("{ feed(audiences: true) { entries { document } } }", PRESS),
    "preview": ('{ preview(token: "x") { document } }', SHUT),  # not by a token like this one
    "recordRelease": (
        """mutation { recordRelease(release: {
            number: 1, epoch: "e", cursor: "e.1", startedAt: "2026-11-19T08:10:00Z",
            activatedAt: "2026-11-19T08:10:01Z", pages: 1, changed: 1, setAside: []
        }) { number } }""",
        PRESS,
    ),
    "recordRemoval": (
        """mutation { recordRemoval(removal: {
            publicId: "0192f4a0-0000-7000-8000-000000000000", at: "2026-11-19T08:10:00Z",
            seconds: 0.1, releases: [1], files: 1, scanned: 9, paths: [], stillSaid: [],
            stillLive: []
        }) { publicId } }""",
        PRESS,
    ),
}
"""Every field that can be asked of the contract, and who gets an answer."""
SEES_GATED = frozenset({"member", "press"})

BULK: dict[str, frozenset[str]] = {
    "wagtailcore.page": frozenset({"delete", "move", "publish", "unpublish"}),
    "media.image": frozenset({"delete", "add_tags", "add_to_collection"}),
    "media.document": frozenset({"delete", "add_tags", "add_to_collection"}),
    "accounts.user": frozenset({"delete", "assign_role", "set_active_state"}),
}
"""Actions on many things at once; of a snippet only its removal."""
