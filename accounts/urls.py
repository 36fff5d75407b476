"""Addresses of accounts: /auth/ (allauth's flows under their names), /profile/ and /teachers/."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import include, path

from accounts import auth_views, views

auth_patterns = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("register/", auth_views.RegisterView.as_view(), name="account_signup"),
    path("verify/", auth_views.VerifyEmailView.as_view(), name="account_email_verification_sent"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("email/", allauth_views.email, name="account_email"),
    path(
        "password/change/", auth_views.ChangePasswordView.as_view(), name="account_change_password"
    ),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "password/reset/code/",
        auth_views.ConfirmResetCodeView.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/new/",
        auth_views.NewPasswordView.as_view(),
        name="account_complete_password_reset",
    ),
    path(
        "password/reset/done/",
        allauth_views.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", auth_views.SessionsView.as_view(), name="usersessions_list"),
]

profile_patterns = [
    path("profile/", views.AboutView.as_view(), name="profile"),
    path("profile/photo/", views.PhotoView.as_view(), name="profile_photo"),
    path("profile/photo/remove/", views.remove_photo, name="profile_photo_remove"),
    path("profile/learning/", views.LearningProfileView.as_view(), name="profile_learning"),
    path("profile/teaching/", views.TeachingProfileView.as_view(), name="profile_teaching"),
    path("profile/privacy/", views.PrivacyView.as_view(), name="profile_privacy"),
    path("profile/account/", views.SettingsView.as_view(), name="profile_account"),
    path("profile/security/", views.SecurityView.as_view(), name="profile_security"),
    path("profile/data/", views.DataView.as_view(), name="profile_data"),
    path("profile/data/export/", views.export_data, name="profile_export"),
    path("teachers/", views.teachers, name="teachers"),
    path("teachers/<uuid:teacher_id>/", views.teacher, name="teacher"),
]

urlpatterns = [
    path("auth/", include(auth_patterns)),
    path("", include((profile_patterns, "accounts"))),
]
