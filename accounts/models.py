"""The person, and what a student and a teacher tell about themselves."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.common.ids import new_id
from portal.common.models import UUIDModel, unguessable_name
from portal.common.timezones import timezone_choices


def avatar_path(instance: models.Model, filename: str) -> str:
    return unguessable_name("avatars", filename)


class Role(models.TextChoices):
    """What a person is here for. It decides the Wagtail groups (see `services.set_role`)."""

    STUDENT = "student", _("Student")
    TEACHER = "teacher", _("Teacher")
    MANAGER = "manager", _("Manager")
    ADMIN = "admin", _("Administrator")


class UserManager(BaseUserManager["User"]):
    """Makes people by e-mail address; addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(
            email,
            password,
            **({"is_staff": True, "is_superuser": True, "role": Role.ADMIN} | fields),
        )

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class User(AbstractUser):
    """A person with an account. The e-mail address is the login; the role is one of four."""

    class Visibility(models.TextChoices):
        """Who may see the profile page of a student."""

        PRIVATE = "private", _("Only me and my teachers")
        CLASSMATES = "classmates", _("People in my courses")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this address.")},
    )
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    display_name = models.CharField(
        _("display name"),
        max_length=80,
        blank=True,
        help_text=_("Shown to others instead of your full name."),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.STUDENT)
    avatar = models.ImageField(_("photo"), upload_to=avatar_path, blank=True)
    bio = models.TextField(_("about me"), max_length=1000, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=60, default="UTC", choices=timezone_choices
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    visibility = models.CharField(
        _("who may see my profile"), max_length=12, choices=Visibility, default=Visibility.PRIVATE
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="unique_email_any_case")]
        indexes = [models.Index(fields=["role"])]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def name(self) -> str:
        """What to call this person on screen; never a part of the e-mail address."""
        return self.display_name or self.get_full_name() or str(self.get_role_display())

    @property
    def avatar_url(self) -> str:
        """Where the photo is; empty without one."""
        return self.avatar.url if self.avatar else ""

    @property
    def legal_name(self) -> str:
        """The name for a certificate."""
        return self.get_full_name() or self.name

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def is_teacher(self) -> bool:
        return self.role == Role.TEACHER

    @property
    def is_manager(self) -> bool:
        return self.role == Role.MANAGER

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_staff_member(self) -> bool:
        """Works here: sees a link to the admin."""
        return self.role != Role.STUDENT


class StudentProfile(UUIDModel):
    """What a student tells about himself, so that teachers know whom they teach."""

    class EducationLevel(models.TextChoices):
        SCHOOL = "school", _("School")
        VOCATIONAL = "vocational", _("Vocational training")
        BACHELOR = "bachelor", _("Bachelor's degree")
        MASTER = "master", _("Master's degree")
        DOCTORATE = "doctorate", _("Doctorate")
        OTHER = "other", _("Something else")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="student_profile")
    education_level = models.CharField(
        _("education"), max_length=12, choices=EducationLevel, blank=True
    )
    institution = models.CharField(_("school or company"), max_length=160, blank=True)
    interests = models.JSONField(_("interests"), default=list, blank=True)
    goals = models.TextField(_("what I want to reach"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("student profile")
        verbose_name_plural = _("student profiles")

    def __str__(self) -> str:
        return str(self.user)


class TeacherProfile(UUIDModel):
    """The public page of a teacher."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="teacher_profile")
    headline = models.CharField(_("headline"), max_length=160, blank=True)
    biography = models.TextField(
        _("biography"), max_length=6000, blank=True, help_text=_("You can use Markdown.")
    )
    expertise = models.JSONField(_("expertise"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    website = models.URLField(
        _("website"), blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    is_public = models.BooleanField(_("show my teacher page"), default=True)

    class Meta:
        verbose_name = _("teacher profile")
        verbose_name_plural = _("teacher profiles")

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("accounts:teacher", args=[self.user_id])
