"""The table of doors: every address of the admin and who may pass it.

Two tables. `SHUT` closes addresses for everybody, since only the acts of publishing publish.
`DOORS` is for whoever does not see everything (ambassadors, approvers of a rubric): what has no
row there is closed. A test walks all addresses and asks for a row, so a new one is decided on.
"""

from cms.desk.doors.rules import (
    Rule,
    anybody,
    either,
    nobody,
    own_editing_session,
    own_page,
    page_to_see,
    rubric_to_write_in,
    to_approve,
)

_own = own_page("page_id")
_write = rubric_to_write_in("parent_page_id")


def _rows(rule: Rule, names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), rule)


SHUT = frozenset(
    [
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_pages:convert_alias",
        "wagtailadmin_pages:set_privacy",
        "wagtailadmin_pages:workflow_action",
        "wagtailadmin_pages:collect_workflow_action_data",
        "wagtailadmin_pages:confirm_workflow_cancellation",
        "wagtailadmin_pages:workflow_preview",
        "wagtailadmin_pages:revisions_unschedule",
        "wagtailadmin_api:pages:action",
    ]
)
"""Wagtail's own doors to publishing, and to approving without having been shown anything."""

SHUT_BULK = frozenset({"publish", "unpublish"})

DOORS: dict[str, Rule] = {
    **_rows(
        anybody,
        """
        wagtailadmin_home wagtailadmin_account wagtailadmin_logout wagtailadmin_login
        wagtailadmin_dismissibles wagtailadmin_sprite wagtailadmin_javascript_catalog
        wagtailadmin_password_reset wagtailadmin_password_reset_done
        wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete
        wagtailadmin_block_preview wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete
        wagtailadmin_choose_page wagtailadmin_choose_page_search
        wagtailadmin_choose_page_external_link wagtailadmin_choose_page_email_link
        wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link
        wagtailimages:index wagtailimages:index_results wagtailimages:add wagtailimages:edit
        wagtailimages:add_multiple wagtailimages:edit_multiple wagtailimages:delete_multiple
        wagtailimages:create_multiple_from_uploaded_image wagtailimages:delete_upload_multiple
        wagtailimages:delete
        wagtailimages_chooser:choose wagtailimages_chooser:choose_results
        wagtailimages_chooser:chosen wagtailimages_chooser:chosen_multiple
        wagtailimages_chooser:create wagtailimages_chooser:select_format
        wagtailsnippetchoosers_accounts_person:choose
        wagtailsnippetchoosers_accounts_person:choose_results
        wagtailsnippetchoosers_accounts_person:chosen
        wagtailadmin_editing_sessions:release
        desk_items:index desk_items:index_results desk:batch
        """,
    ),
    **_rows(
        _own,
        """
        wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:view_draft
        wagtailadmin_pages:delete wagtailadmin_pages:history wagtailadmin_pages:history_results
        wagtailadmin_pages:revisions_index wagtailadmin_pages:revisions_view
        wagtailadmin_pages:revisions_revert
        desk:accept_edit desk:answer desk:circle desk:emergency
        """,
    ),
    **_rows(own_page("pk"), "wagtailadmin_pages:revisions_compare"),
    **_rows(
        _write,
        """
        wagtailadmin_pages:add wagtailadmin_pages:preview_on_add wagtailadmin_pages:add_subpage
        """,
    ),
    **_rows(page_to_see("parent_page_id"), "wagtailadmin_choose_page_child"),
    **_rows(own_editing_session, "wagtailadmin_editing_sessions:ping"),
    **_rows(either(_own, to_approve("page_id")), "desk:agreement"),
    **_rows(
        to_approve("page_id"),
        "desk:approve desk:approve_small desk:send_back desk:moment desk:offline",
    ),
    **_rows(
        nobody,
        """
        wagtailadmin_error_test wagtailadmin_explore_root wagtailadmin_explore
        wagtailadmin_explore_results wagtail_bulk_action
        wagtailadmin_pages:type_use wagtailadmin_pages:type_use_results wagtailadmin_pages:usage
        wagtailadmin_pages:choose_parent wagtailadmin_pages:search wagtailadmin_pages:search_results
        wagtailadmin_pages:move wagtailadmin_pages:move_confirm wagtailadmin_pages:copy
        wagtailadmin_pages:set_page_position wagtailadmin_pages:lock wagtailadmin_pages:unlock
        wagtailadmin_pages:workflow_history wagtailadmin_pages:workflow_history_detail
        wagtailadmin_choose_page_chosen_multiple
        wagtailimages:image_usage wagtailimages:url_generator wagtailimages:url_generator_output
        wagtailimages:preview
        desk_items:choose_parent desk:status desk:questions desk:register desk:register_of_one
        desk:requests desk:request desk:new_request desk:request_list desk:answer_idea desk:leaving
        desk:front desk:style desk:house_rules desk:checklist desk:log desk:tray desk:turnaround
        """,
    ),
}

CLOSED_AREAS = frozenset(
    [
        "accounts",
        "wagtailadmin_api",
        "wagtailadmin_collections",
        "wagtailadmin_workflows",
        "wagtailadmin_reports",
        "wagtailsettings",
        "wagtailsnippets",
        "wagtaildocs",
        "wagtaildocs_chooser",
        "wagtailsites",
        "wagtailusers_users",
        "wagtailusers_groups",
        "wagtailusers_api_tokens",
        "wagtailsnippets_accounts_person",
        "wagtailsnippets_accounts_department",
        "wagtailsnippets_accounts_location",
        "wagtailsnippets_audiences_audience",
        "wagtailsnippetchoosers_audiences_audience",
        "wagtailsnippets_stories_alert",
        "wagtailsnippetchoosers_stories_alert",
        "wagtailsnippets_stories_theme",
        "wagtailsnippetchoosers_stories_theme",
        "wagtailsnippets_stories_goal",
        "wagtailsnippets_stories_corevalue",
        "wagtailsnippets_stories_tag",
        "wagtailsnippetchoosers_accounts_department",
        "wagtailsnippetchoosers_accounts_location",
        "wagtailsnippetchoosers_stories_goal",
        "wagtailsnippetchoosers_stories_corevalue",
        "wagtailsnippetchoosers_stories_tag",
        "wagtailsnippetchoosers_accounts_person",
    ]
)
"""Whole areas that stay closed but for the rows above."""


def rule_for(name: str) -> Rule:
    """Return the rule of an address by its full name; `nobody` where it has no row."""
    return DOORS.get(name, nobody)


def is_decided(name: str) -> bool:
    """Say whether somebody thought about this address."""
    return name in DOORS or name in SHUT or name.partition(":")[0] in CLOSED_AREAS
