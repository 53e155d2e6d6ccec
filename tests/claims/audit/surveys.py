"""A small published survey to audit: a study without answers, statements, their readings, printed numbers."""

from __future__ import annotations

from pathlib import Path

from tests.town import ENGLISH, QUESTIONNAIRE, STUDY, VARIABLES

from posad.claims.audit.auditing import audit
from posad.claims.audit.values import Answer, Audit
from posad.study.folder import read_study
from posad.tabulation.context import Context

CLAIMS = "id,statement,printed_value,unit,type,base\n"
BINDINGS = "id,reading,address,note\n"
PRINTED = "question,option,group,value,rounding,base,line\n"


def audited(
    folder: Path, claims: str, bindings: str = "", printed: str = "", *, context: Context | None = None
) -> Audit:
    """Return the audit of statements about the town of 200 people, each table given without its head."""
    texts = {
        "study.yaml": STUDY,
        "questionnaire.md": QUESTIONNAIRE,
        "questionnaire.en.md": ENGLISH,
        "variables.yaml": VARIABLES,
        "audit/bindings.csv": BINDINGS + bindings,
        "audit/printed.csv": PRINTED + printed,
    }
    if not printed:
        del texts["audit/printed.csv"]
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "claims.csv").write_text(claims if claims.startswith("id") else CLAIMS + claims, encoding="utf-8")
    study, _ = read_study(folder)
    assert study is not None
    return audit(study, folder / "claims.csv", "claims.csv", context=context)


def first(made: Audit) -> Answer:
    """Return the answer to the first statement."""
    return made.answers[0]


def told(answer: Answer) -> tuple[str, list[str]]:
    """Return a verdict and the codes of its reasons."""
    return answer.verdict, [r.code for r in answer.reasons]
