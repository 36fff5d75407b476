"""Blocks of the content files, as the raw data of a StreamField.

Every block gets an id that depends on its place only, so that loading the same content twice
gives the same blocks.
"""

from __future__ import annotations

import uuid
from typing import Any

from courses.models import CoursePage
from home.demo.files import DemoFiles
from home.demo.rich_text import inline_text, rich_text

NAMESPACE = uuid.UUID("6f1c1f5e-6d0c-4a55-9a35-0c4a2f3c7b10")


def stable_id(*parts: object) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def stream(blocks: list[dict[str, Any]], *, files: DemoFiles, place: str) -> list[dict[str, Any]]:
    """Return raw stream data for blocks of a content file; `place` says where they stand."""
    return [
        {"type": block["type"], "value": _value(block, files), "id": stable_id(place, index)}
        for index, block in enumerate(blocks)
    ]


def lines(texts: list[str], *, place: str) -> list[dict[str, Any]]:
    """Return raw stream data for a list of one-line texts."""
    return [
        {"type": "line", "value": text, "id": stable_id(place, index)}
        for index, text in enumerate(texts)
    ]


def image_value(files: DemoFiles, key: str | None, alt: str = "") -> dict[str, Any] | None:
    image = files.picture(key, alt=alt)
    return {"image": image.pk, "decorative": not alt, "alt_text": alt} if image else None


def _value(block: dict[str, Any], files: DemoFiles) -> Any:
    value = block["value"]
    if block["type"] == "paragraph":
        return rich_text(value)
    convert = _CONVERTERS.get(block["type"])
    return convert(value, files) if convert else value


def _image(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return {
        "image": image_value(files, value["picture"], value.get("alt", "")),
        "caption": value.get("caption", ""),
    }


def _video(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    video, captions = files.video(value["video"])
    return {
        "title": value["title"],
        "video_file": video.pk,
        "captions": captions.pk,
        "captions_language": "en",
        "transcript": rich_text(value.get("transcript", "")),
        "poster": image_value(files, value.get("poster"))
        or {"image": None, "decorative": False, "alt_text": ""},
    }


def _slides(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    empty = {"image": None, "decorative": False, "alt_text": ""}
    return {
        "title": value["title"],
        "slides": [
            {
                "title": slide["title"],
                "content": rich_text(slide.get("content") or ""),
                "image": image_value(files, slide.get("picture"), slide.get("alt", slide["title"]))
                or empty,
                "notes": slide.get("notes") or "",
            }
            for slide in value["slides"]
        ],
    }


def _table(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return {
        "caption": value["caption"],
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in value["columns"]],
            "rows": [{"values": [str(cell) for cell in row]} for row in value["rows"]],
            "caption": "",
        },
    }


def _callout(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return value | {"title": value.get("title", ""), "text": rich_text(value["text"])}


def _accordion(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return {
        "items": [
            {"title": item["title"], "content": rich_text(item["content"])}
            for item in value["items"]
        ]
    }


def _document(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return value | {"document": files.document(value["document"]).pk}


def _check_question(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return {
        "question": rich_text(value["question"]),
        "choices": [
            {
                "text": choice["text"],
                "is_correct": bool(choice.get("correct")),
                "feedback": choice.get("feedback") or "",
            }
            for choice in value["choices"]
        ],
        "explanation": rich_text(value.get("explanation") or ""),
    }


def _hero(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return {
        "heading": value["heading"],
        "text": value.get("text", ""),
        "image": image_value(files, value.get("picture"), value.get("alt", "")),
        "primary_label": value.get("primary_label", ""),
        "primary_link": value.get("primary_url", ""),
        "secondary_label": value.get("secondary_label", ""),
        "secondary_link": value.get("secondary_url", ""),
    }


def _faq(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return value | {
        "items": [
            {"question": item["question"], "answer": rich_text(item["answer"])}
            for item in value["items"]
        ]
    }


def _call_to_action(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    return {
        "heading": value["heading"],
        "text": inline_text(value.get("text", "")),
        "label": value.get("label", ""),
        "link": value.get("url", ""),
    }


def _course_cards(value: dict[str, Any], files: DemoFiles) -> dict[str, Any]:
    pages = {
        course.slug: course.pk
        for course in CoursePage.objects.filter(slug__in=value.get("courses") or [])
    }
    chosen = [pages[slug] for slug in value.get("courses") or [] if slug in pages]
    return {
        "heading": value.get("heading", ""),
        "text": value.get("text", ""),
        "rule": value.get("rule", "featured"),
        "courses": chosen,
    }


_CONVERTERS = {
    "image": _image,
    "video": _video,
    "slides": _slides,
    "table": _table,
    "callout": _callout,
    "accordion": _accordion,
    "pdf": _document,
    "download": _document,
    "check_question": _check_question,
    "hero": _hero,
    "faq": _faq,
    "call_to_action": _call_to_action,
    "course_cards": _course_cards,
}
