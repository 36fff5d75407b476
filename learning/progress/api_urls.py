from __future__ import annotations

urlpatterns: list = []
course_urlpatterns: list = []
