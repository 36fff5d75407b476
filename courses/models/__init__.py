"""Models of the course content."""

from __future__ import annotations

from courses.models.catalog import CourseIndexPage
from courses.models.category import Category
from courses.models.course import CoursePage, CoursePageTag, CourseStats
from courses.models.team import CourseTeamMember, CourseWorkspace
from courses.models.units import LessonPage, ModulePage, UnitPage
from courses.models.versions import UnitVersion

__all__ = [
    "Category",
    "CourseIndexPage",
    "CoursePage",
    "CoursePageTag",
    "CourseStats",
    "CourseTeamMember",
    "CourseWorkspace",
    "LessonPage",
    "ModulePage",
    "UnitPage",
    "UnitVersion",
]
