"""Who may do what at which address: the portal's access policy as data.

One row for each address and method of the portal (the admins have their own permission systems).
A row says what each person gets, in the order of `PERSONAS`:

    Y  it works (2xx)
    R  it leads on (a redirect, not to the login page): the usual answer to a posted form
    L  first log in (redirect to the login page, or 401)
    N  as if it did not exist (404)
    F  may not (403): its existence is public
    C  the state forbids it (409), after all rights were there
    B  the request is not valid (400 or 422), after all rights were there
    M  this method does not exist here (405)

`tests/test_access_matrix.py` walks every address of the resolver and fails for one that has no
row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PERSONAS = (
    "anonymous",
    "unverified",
    "student",
    "enrolled",
    "withdrawn",
    "teacher",
    "co_instructor",
    "other_teacher",
    "support",
    "manager",
    "admin",
)

EVERYBODY = "Y" * len(PERSONAS)
SIGNED_IN = "L" + "Y" * (len(PERSONAS) - 1)
VISITORS_ONLY = "Y" + "R" * (len(PERSONAS) - 1)
ACTS = "L" + "R" * (len(PERSONAS) - 1)


@dataclass(frozen=True)
class Row:
    """One address, one method, and what each person gets."""

    name: str
    expected: str
    args: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
    method: str = "GET"
    data: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})
    json: bool = False
    note: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}{' ' + self.note if self.note else ''}"


def uuid_of(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"uuid": getattr(world, name)}


#                    An Un St En Wd Te Co T2 Su Ma Ad
#                    ↓  (strings read in this order)
ROWS = [
    # Health and what search engines see
    Row("healthz", EVERYBODY),
    Row("readyz", EVERYBODY),
    Row("robots", EVERYBODY),
    Row("sitemap", EVERYBODY),
    Row("media", "NNNNNNNNNNN", lambda world: {"path": "nothing-here.webp"}),
    # Documents (ACCESS row 7)
    Row(
        "wagtaildocs_serve",
        "NNNYNYYNNYY",
        lambda world: {"document_id": world.document.pk, "filename": world.document.filename},
    ),
    # Pages (ACCESS rows 1, 3, 4, 5)
    Row("wagtail_serve", EVERYBODY, lambda world: {"path": world.course_path}, note="course"),
    Row("wagtail_serve", "LRRYRYYRRYY", lambda world: {"path": world.lesson_path}, note="lesson"),
    Row(
        "wagtail_serve", EVERYBODY, lambda world: {"path": world.preview_path}, note="free preview"
    ),
    Row("wagtail_serve", "NNNNNNNNNNN", lambda world: {"path": world.draft_path}, note="draft"),
    # Accounts
    Row("account_login", VISITORS_ONLY),
    Row("account_signup", VISITORS_ONLY),
    Row("account_reset_password", EVERYBODY),
    Row("account_logout", "R" + "Y" * 10),
    Row("account_inactive", EVERYBODY),
    Row("account_email", SIGNED_IN),
    Row("account_change_password", SIGNED_IN),
    Row("mfa_index", SIGNED_IN),
    Row("usersessions_list", SIGNED_IN),
    Row("accounts:profile", SIGNED_IN),
    Row("accounts:profile_photo", "L" + "B" * 10, method="POST", note="without a photo"),
    Row("accounts:profile_privacy", SIGNED_IN),
    Row("accounts:profile_account", SIGNED_IN),
    Row("accounts:profile_security", SIGNED_IN),
    Row("accounts:profile_data", SIGNED_IN),
    Row("accounts:profile_learning", "LYYYYNNNYNN"),
    Row("accounts:profile_teaching", "LNNNNYYYNNN"),
    Row("accounts:profile_export", "LYYYYYYYYYY", method="POST"),
    Row("accounts:profile_photo_remove", ACTS, method="POST"),
    Row("accounts:teachers", EVERYBODY),
    Row("accounts:teacher", EVERYBODY, lambda world: {"teacher_id": world.teacher.pk}),
    Row(
        "accounts:teacher",
        "N" * 11,
        lambda world: {"teacher_id": world.student.pk},
        note="of a student",
    ),
    # Enrollment (ACCESS row 12)
    Row("learning:course_enroll", ACTS, uuid_of("course_uuid"), "POST"),
    Row("learning:course_withdraw", "LNNRRNNNNNN", uuid_of("course_uuid"), "POST"),
    Row("api_course_enroll", "LFYYYYYYYFF", uuid_of("course_uuid"), "POST", json=True),
    Row("api_course_enroll_short", "LFYYYYYYYFF", uuid_of("course_uuid"), "POST", json=True),
    Row("api_course_withdraw", "LNNYYNNNNNN", uuid_of("course_uuid"), "POST", json=True),
    Row("api_enrollments", SIGNED_IN),
    Row("api_enrollment", "LNNYNNNNNNN", uuid_of("enrollment_uuid")),
    # Study (ACCESS rows 3, 5, 23)
    Row("learning:dashboard", SIGNED_IN),
    Row("learning:resume", "LNNRRNNNNNN", uuid_of("course_uuid")),
    Row("learning:unit_complete", ACTS, uuid_of("lesson_uuid"), "POST"),
    Row(
        "learning:unit_activity",
        "LRRYRRRRRRR",
        uuid_of("lesson_uuid"),
        "POST",
        lambda world: {"report": '{"active_seconds": 1}'},
    ),
    Row(
        "learning:check_question",
        "LRRYRYYRRYY",
        lambda world: {"uuid": world.lesson_uuid, "block_id": world.check_id},
        "POST",
        lambda world: {"choice": "0"},
    ),
    Row("api_unit", "LFFYFYYFFYY", uuid_of("lesson_uuid")),
    Row(
        "api_unit_progress",
        "LFFYFFFFFFF",
        uuid_of("lesson_uuid"),
        "PATCH",
        lambda world: {"active_seconds": 1},
        json=True,
    ),
    Row("api_unit_complete", "LFFYFFFFFFF", uuid_of("lesson_uuid"), "POST", json=True),
    # Quizzes (ACCESS rows 15 to 18)
    Row("api_quiz", "LFFYFYYFFYY", uuid_of("quiz_uuid")),
    Row("api_attempt_start", "LFFYFYYFFFY", uuid_of("quiz_uuid"), "POST", json=True),
    Row("learning:attempt_start", ACTS, uuid_of("quiz_uuid"), "POST"),
    Row("learning:attempt", "LNNYNNNNNNN", uuid_of("attempt_uuid")),
    Row("learning:attempt_submit", "LNNRNNNNNNN", uuid_of("attempt_uuid"), "POST"),
    Row("learning:attempt_result", "LNNYNYYNNYY", uuid_of("finished_uuid")),
    Row("api_attempt", "LNNYNNNNNNN", uuid_of("attempt_uuid")),
    Row(
        "api_attempt_response",
        "LNNYNNNNNNN",
        lambda world: {"uuid": world.attempt_uuid, "question_uuid": world.question_uuid},
        "PUT",
        lambda world: {"response": world.option, "sequence": 1},
        json=True,
    ),
    Row("api_attempt_submit", "LNNYNNNNNNN", uuid_of("attempt_uuid"), "POST", json=True),
    Row("api_attempt_review", "LNNYNYYNNYY", uuid_of("finished_uuid")),
    # Certificates (ACCESS rows 42, 43)
    Row("learning:certificate_verify", EVERYBODY),
    Row("learning:certificate", EVERYBODY, lambda world: {"code": world.certificate.code}),
    Row("learning:certificate_pdf", "LNNYNYYNNYY", lambda world: {"code": world.certificate.code}),
    Row("certificate-list", SIGNED_IN),
    Row("certificate-verify", EVERYBODY, lambda world: {"code": world.certificate.code}),
    Row("certificate-detail", "LNNYNNNNNNN", lambda world: {"uuid": world.certificate.pk}),
    Row("certificate-pdf", "LNNYNYYNNYY", lambda world: {"uuid": world.certificate.pk}),
    # Notifications
    Row("community:notifications", SIGNED_IN),
    Row("community:notifications_read_all", ACTS, method="POST"),
    Row("community:notification_read", ACTS, uuid_of("notification_uuid"), "POST"),
    # Search
    Row("search:search", EVERYBODY),
    Row("search:suggest", EVERYBODY),
]

# Addresses without a row, each with its reason.
EXEMPT = {
    "learning:course_content": "the page tree below /courses/, found in one look-up: the rows of wagtail_serve",
    "account_email_verification_sent": "a step of registration, bound to the flow in the session",
    "account_confirm_password_reset_code": "a step of the password reset, bound to the flow in the session",
    "account_complete_password_reset": "a step of the password reset, bound to the flow in the session",
    "account_password_reset_completed": "says that the reset is done",
    "account_set_password": "redirects to the change of password for everybody who has one",
    "account_reauthenticate": "asks for the password of whoever is signed in",
    "mfa_authenticate": "a step of logging in, bound to the flow in the session",
    "mfa_reauthenticate": "asks for the second factor of whoever is signed in",
    "mfa_activate_totp": "needs a fresh login first; tested with the accounts",
    "mfa_deactivate_totp": "needs a second factor; tested with the accounts",
    "mfa_view_recovery_codes": "needs a second factor; tested with the accounts",
    "mfa_generate_recovery_codes": "needs a second factor; tested with the accounts",
    "mfa_download_recovery_codes": "needs a second factor; tested with the accounts",
    "wagtaildocs_authenticate_with_password": "Wagtail's shared passwords are switched off",
    "wagtailcore_authenticate_with_password": "Wagtail's shared passwords are switched off",
    "wagtailcore_login": "redirects to the login page",
}
