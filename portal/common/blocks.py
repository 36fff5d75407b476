"""StreamField blocks that any page may use. Their templates are in `templates/blocks/`."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from latex2mathml.converter import convert as latex_to_mathml
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.embeds.blocks import EmbedBlock as WagtailEmbedBlock

from portal.common.chooser_blocks import FileBlock, PictureBlock

TEXT = _("Text")
MEDIA = _("Media")
TEACHING = _("Teaching")

INLINE_FEATURES = ["bold", "italic", "code", "link", "superscript", "subscript", "strikethrough"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul", "hr"]

LANGUAGES = [
    ("text", _("Plain text")),
    ("bash", "Shell"),
    ("c", "C"),
    ("css", "CSS"),
    ("html", "HTML"),
    ("java", "Java"),
    ("javascript", "JavaScript"),
    ("json", "JSON"),
    ("python", "Python"),
    ("pycon", _("Python session")),
    ("r", "R"),
    ("rust", "Rust"),
    ("sql", "SQL"),
    ("yaml", "YAML"),
]


class HeadingBlock(blocks.StructBlock):
    """A heading inside a page. The page's title is the only first-level heading."""

    text = blocks.CharBlock(label=_("Text"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("h2", _("Section")), ("h3", _("Subsection"))], default="h2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT
        template = "blocks/heading_block.html"
        label_format = "{text}"
        description = _("Divides the page; readers can jump to it.")
        preview_value = {"text": _("What you will learn"), "level": "h2"}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {
            "anchor": slugify(value["text"])
        }


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        template = "blocks/paragraph_block.html"
        description = _("Paragraphs and lists, with links and emphasis.")
        preview_value = "<p>A paragraph says <b>one thing</b> and says it well.</p>"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"features": TEXT_FEATURES} | kwargs))


class ImageBlock(blocks.StructBlock):
    """A picture with its caption."""

    image = PictureBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Image")
        group = MEDIA
        template = "blocks/image_block.html"
        label_format = "{caption}"
        description = _("A picture, with words for those who cannot see it.")


class EmbedValue(blocks.StructValue):
    """An embed with the name of the host that a reader is about to contact."""

    @property
    def host(self) -> str:
        return urlsplit(self["url"].url).hostname or "" if self.get("url") else ""


class EmbedBlock(blocks.StructBlock):
    """A video on another site. Nothing is fetched from there before the reader asks for it."""

    url = WagtailEmbedBlock(
        label=_("Address"), help_text=_("For example https://www.youtube.com/watch?v=…")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    transcript = blocks.RichTextBlock(label=_("Transcript"), required=False, features=TEXT_FEATURES)

    class Meta:
        icon = "media"
        label = _("Embedded video")
        group = MEDIA
        template = "blocks/embed_block.html"
        value_class = EmbedValue
        label_format = "{title}"
        description = _("A video from YouTube or Vimeo, loaded when the reader clicks it.")

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        # The other site is not asked for its HTML: clients decide how to show the video.
        return super().get_api_representation(value, context) | {"host": value.host}


def highlight_code(code: str, language: str) -> SafeString:
    """Return source code as HTML with classes for each kind of token; Pygments escapes the text."""
    lexer = get_lexer_by_name(language or "text", stripnl=False)
    html = highlight(code.rstrip("\n"), lexer, HtmlFormatter(nowrap=True))
    return mark_safe(html.rstrip("\n"))  # escaped by Pygments


class CodeValue(blocks.StructValue):
    """Source code that knows how to color itself."""

    @cached_property
    def highlighted(self) -> SafeString:
        """Return the code as HTML with classes for each kind of token."""
        return highlight_code(self["code"], self["language"])


class CodeBlock(blocks.StructBlock):
    """Source code."""

    language = blocks.ChoiceBlock(label=_("Language"), choices=LANGUAGES, default="python")
    code = blocks.TextBlock(label=_("Code"), rows=8)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "code"
        label = _("Code")
        group = TEACHING
        template = "blocks/code_block.html"
        value_class = CodeValue
        label_format = "{language} {caption}"
        description = _("Source code, colored for its language, with a copy button.")
        preview_value = {
            "language": "python",
            "code": 'print("Hello")',
            "caption": _("The first program"),
        }


class MathValue(blocks.StructValue):
    """A formula that knows its MathML."""

    @cached_property
    def mathml(self) -> SafeString:
        """Return presentation MathML, which browsers draw and screen readers speak without any
        script.
        """
        return mark_safe(latex_to_mathml(self["latex"], display="block"))


class MathBlock(blocks.StructBlock):
    """A formula."""

    latex = blocks.TextBlock(
        label=_("Formula"), rows=2, help_text=_(r"In LaTeX, for example \frac{a}{b}")
    )
    description = blocks.CharBlock(
        label=_("In words"),
        required=False,
        max_length=300,
        help_text=_("How you would read the formula aloud."),
    )

    class Meta:
        icon = "superscript"
        label = _("Formula")
        group = TEACHING
        template = "blocks/math_block.html"
        value_class = MathValue
        label_format = "{latex}"
        description = _("A mathematical formula in LaTeX.")
        preview_value = {
            "latex": r"a^2 + b^2 = c^2",
            "description": "a squared plus b squared equals c squared",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            latex_to_mathml(cleaned["latex"])
        except Exception as error:
            message = _("This formula cannot be read: %(error)s") % {"error": type(error).__name__}
            raise StructBlockValidationError(
                block_errors={"latex": ValidationError(message)}
            ) from error
        return cleaned


class CalloutBlock(blocks.StructBlock):
    """A remark that must not be missed."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Note")),
            ("tip", _("Tip")),
            ("warning", _("Warning")),
            ("key", _("Key idea")),
        ],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        group = TEXT
        template = "blocks/callout_block.html"
        label_format = "{kind}: {title}"
        description = _("A note, tip, warning or key idea set apart from the text.")
        preview_value = {
            "kind": "tip",
            "title": _("Try it"),
            "text": "<p>Read the formula aloud.</p>",
        }


class AccordionItemBlock(blocks.StructBlock):
    """One fold of an accordion."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    content = blocks.RichTextBlock(label=_("Content"), features=TEXT_FEATURES)

    class Meta:
        icon = "collapse-down"
        label = _("Fold")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    """Text that opens on demand."""

    items = blocks.ListBlock(AccordionItemBlock(), label=_("Folds"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        group = TEXT
        template = "blocks/accordion_block.html"
        description = _("Answers, hints or asides that the reader opens on demand.")


class QuoteBlock(blocks.StructBlock):
    """Somebody else's words."""

    text = blocks.TextBlock(label=_("Quote"), rows=3)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = TEXT
        template = "blocks/quote_block.html"
        label_format = "{text}"
        description = _("A quotation with its source.")
        preview_value = {
            "text": "All models are wrong, but some are useful.",
            "attribution": "George Box",
        }


class TableBlock(blocks.StructBlock):
    """A table with a caption."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            (
                "rich_text",
                blocks.RichTextBlock(
                    label=_("Formatted text"), required=False, features=INLINE_FEATURES
                ),
            ),
            ("number", blocks.FloatBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        group = TEXT
        template = "blocks/table_block.html"
        label_format = "{caption}"
        description = _("Rows and columns under a caption.")


class VideoBlock(blocks.StructBlock):
    """A video from the portal's own documents."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    video_file = FileBlock(label=_("Video"), help_text=_("MP4 (H.264) or WebM plays everywhere."))
    poster = PictureBlock(label=_("Still picture"), required=False)
    captions = FileBlock(label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt)."))
    captions_language = blocks.CharBlock(
        label=_("Language of the captions"), default="en", max_length=10
    )
    transcript = blocks.RichTextBlock(label=_("Transcript"), required=False, features=TEXT_FEATURES)

    class Meta:
        icon = "media"
        label = _("Video")
        group = MEDIA
        template = "blocks/video_block.html"
        label_format = "{title}"
        description = _(
            "A video file with captions and transcript; it remembers where the learner stopped."
        )


class PdfBlock(blocks.StructBlock):
    """A PDF shown inside the page."""

    document = FileBlock(label=_("PDF"))
    title = blocks.CharBlock(label=_("Title"), max_length=160)

    class Meta:
        icon = "doc-full"
        label = _("PDF")
        group = MEDIA
        template = "blocks/pdf_block.html"
        label_format = "{title}"
        description = _("A PDF that can be read in the page or downloaded.")


class DownloadBlock(blocks.StructBlock):
    """A file to take away."""

    document = FileBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    description = blocks.CharBlock(label=_("Description"), required=False, max_length=300)

    class Meta:
        icon = "download"
        label = _("Download")
        group = MEDIA
        template = "blocks/download_block.html"
        label_format = "{title}"
        description = _("A file that learners can keep.")


class SlideBlock(blocks.StructBlock):
    """One slide."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    content = blocks.RichTextBlock(label=_("Content"), required=False, features=TEXT_FEATURES)
    image = PictureBlock(label=_("Image"), required=False)
    notes = blocks.TextBlock(label=_("Notes"), required=False, rows=2)

    class Meta:
        icon = "doc-empty"
        label = _("Slide")
        label_format = "{title}"


class SlidesBlock(blocks.StructBlock):
    """Slides inside the page."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    slides = blocks.ListBlock(SlideBlock(), label=_("Slides"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Slides")
        group = MEDIA
        template = "blocks/slides_block.html"
        label_format = "{title}"
        description = _("A short series of slides to step through.")


def article_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of any article: course overviews, blog posts, landing pages."""
    return [
        ("heading", HeadingBlock()),
        ("paragraph", ParagraphBlock()),
        ("image", ImageBlock()),
        ("embed", EmbedBlock()),
        ("callout", CalloutBlock()),
        ("accordion", AccordionBlock()),
        ("quote", QuoteBlock()),
        ("table", TableBlock()),
        ("code", CodeBlock()),
        ("math", MathBlock()),
    ]
