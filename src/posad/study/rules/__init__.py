"""One set of rules for whoever puts a question or looks at an answer: site, simulator, checker, cleaning.

An interview is told by its answers alone: a mapping from columns of the store to numbers, texts or None. A column that is there has
been put, None in it is a question passed over; the rest is still to come. Everything here is a pure function of the rules, the
answers and the seed of the interview:

``next_page`` gives the page to put next, or the end; ``shown`` the page as this respondent sees it, shuffled and with earlier answers
in its texts; ``judge`` takes what was posted apart into answers or refusals; ``settle`` drops answers that are off the path.

``rules_of`` (a study) and ``make_rules`` (its parts) prepare a questionnaire once for all interviews. ``violations`` looks at answers
that were given elsewhere.
"""

from posad.study.rules.checking import Rule, Violation, asked, ended, violations
from posad.study.rules.judging import Judged, Refusal, judge
from posad.study.rules.ordering import order
from posad.study.rules.paging import pages_of
from posad.study.rules.reaching import check_conditions, check_ways
from posad.study.rules.routing import holds, make_rules, next_page, parts_put, path, rules_of, screened_by, settle
from posad.study.rules.showing import ShownPage, ShownQuestion, shown
from posad.study.rules.values import Answers, End, Page, Part, Rules

__all__ = [
    "Answers",
    "End",
    "Judged",
    "Page",
    "Part",
    "Refusal",
    "Rule",
    "Rules",
    "ShownPage",
    "ShownQuestion",
    "Violation",
    "asked",
    "check_conditions",
    "check_ways",
    "ended",
    "holds",
    "judge",
    "make_rules",
    "next_page",
    "order",
    "pages_of",
    "parts_put",
    "path",
    "rules_of",
    "screened_by",
    "settle",
    "shown",
    "violations",
]
