"""Raw answers to coded ones: cells by the questionnaire, words by the frames of ``coding/``."""

from posad.processing.coding.columns import Column, code_answers

__all__ = ["Column", "code_answers"]
