"""Who works on a course, and where its files lie."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.course import CoursePage
from portal.common.models import UUIDModel


class CourseTeamMember(UUIDModel):
    """Somebody who works on a course beside its instructor.

    Kept outside the page: rows of the page would be draft content, changeable by every editor of
    the page.
    """

    class TeamRole(models.TextChoices):
        """What a member of the team does."""

        CO_INSTRUCTOR = "co_instructor", _("Co-instructor")
        ASSISTANT = "assistant", _("Teaching assistant")

    course = models.ForeignKey(CoursePage, on_delete=models.CASCADE, related_name="team_members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="course_team_memberships"
    )
    team_role = models.CharField(
        _("role"), max_length=14, choices=TeamRole, default=TeamRole.CO_INSTRUCTOR
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            models.UniqueConstraint(fields=["course", "user"], name="unique_course_team_member")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_team_role_display()})"


class CourseWorkspace(models.Model):
    """The group whose members may edit a course, and the collection that holds its files.

    Documents in the collection belong to the course: they are handed out to its learners and its
    team only.
    """

    course = models.OneToOneField(
        CoursePage, primary_key=True, on_delete=models.CASCADE, related_name="workspace"
    )
    group = models.OneToOneField("auth.Group", on_delete=models.PROTECT, related_name="+")
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, related_name="course_workspace"
    )

    class Meta:
        verbose_name = _("workspace of a course")
        verbose_name_plural = _("workspaces of courses")

    def __str__(self) -> str:
        return str(self.collection)
