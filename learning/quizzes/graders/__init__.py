"""One grader for each kind of question.

A new kind is a file here, a line below, a block and a template.
"""

from __future__ import annotations

from learning.quizzes.graders.base import Grader
from learning.quizzes.graders.multiple_choice import MultipleChoiceGrader
from learning.quizzes.graders.numeric import NumericGrader
from learning.quizzes.graders.short_text import ShortTextGrader
from learning.quizzes.graders.single_choice import SingleChoiceGrader
from learning.quizzes.graders.true_false import TrueFalseGrader

GRADERS: dict[str, Grader] = {
    grader.kind: grader
    for grader in (
        SingleChoiceGrader(),
        MultipleChoiceGrader(),
        TrueFalseGrader(),
        ShortTextGrader(),
        NumericGrader(),
    )
}
