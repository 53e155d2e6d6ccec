"""field.yaml: how the study is put into the field, and everything that was changed on the way."""

from posad.study.plans.field.reading import FIELD, read_field
from posad.study.plans.field.values import Amendment, Blocks, FieldPlan, QuotaPlan, Stage

__all__ = ["FIELD", "Amendment", "Blocks", "FieldPlan", "QuotaPlan", "Stage", "read_field"]
