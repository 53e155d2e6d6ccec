"""A small study with a field, for the tests of fieldwork."""

from __future__ import annotations

STUDY = {
    "study.yaml": "title: Town\nlanguages: [en]\nsample: {type: quota}\npopulation: adults\n",
    "questionnaire.md": """# Town

## You

### sex. Your sex
[one answer]
- 1 man
- 2 woman

### age. Your age
[number 18–99]

### concept. Which concept
[one answer]
- 1 first
- 2 second

### better. What is better in large cities?
[any number]
- 1 work
- 2 medicine
- 96 other {text}
- 97 none {exclusive}

### why. Why?
[text]
""",
    "variables.yaml": """age_group:
  label: Age
  groups:
    young: {label: young, if: age <= 34}
    older: {label: older, else: true}
gender:
  label: Sex
  groups:
    m: {label: men, if: sex = 1}
    f: {label: women, if: sex = 2}
""",
    "field.yaml": """total: 10
tolerance: 0
hold: 20
quotas:
  sex_age:
    by: [gender, age_group]
    targets:
      m > young: 2
      m > older: 3
      f > young: 2
      f > older: 3
""",
}
