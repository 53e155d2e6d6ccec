"""Problems of impact pathways and case cards."""

from posad.core.problems import Entry

_PROVE = (
    "Добавьте evidence со ссылкой на число, цитату или документ или уберите стрелку.",
    "Add evidence that refers to a number, a quote or a document, or take the arrow away.",
)
_REFER = (
    "Число: #адрес; цитата: interview:имя; карточка: имя файла из cases; прочее: документ и страница.",
    "A number: #address; a quote: interview:name; a card: the name of a file of cases; anything else: document and page.",
)
_WITHOUT = ("Сила стрелки считается без него.", "The strength of the arrow is computed without it.")

ENTRIES: dict[str, Entry] = {
    "pathway-strength-typed": Entry(
        "error",
        "сила стрелки написана рукой",
        "the strength of an arrow is typed by hand",
        "Уберите strength: сила считается по доказательствам.",
        "Take strength away: it is computed from the evidence.",
    ),
    "pathway-node-unknown": Entry(
        "error",
        "в схеме нет узла «{name}»",
        "the pathway has no node '{name}'",
        "Назовите узел из nodes этого файла.",
        "Name a node from nodes of this file.",
    ),
    "pathway-arrow-twice": Entry(
        "error",
        "стрелка {source} → {target} уже есть",
        "the arrow {source} → {target} is there already",
        "Соберите доказательства у одной стрелки.",
        "Gather the evidence under one of them.",
    ),
    "pathway-circle": Entry(
        "error",
        "стрелка {source} → {target} замыкает круг",
        "the arrow {source} → {target} closes a circle",
        "Уберите одну из стрелок круга; до этого она не учтена.",
        "Take one of the circle's arrows away; until then this one does not count.",
    ),
    "pathway-goal-without-indicator": Entry(
        "error",
        "стрелка {source} → {target} ведёт к цели мимо её показателя",
        "the arrow {source} → {target} leads to a goal past its indicator",
        "Проведите её через узел kind: indicator – опубликованный показатель цели.",
        "Lead it through a node of kind: indicator, a published indicator of the goal.",
    ),
    "pathway-arrow-unproven": Entry(
        "warning",
        "стрелка {source} → {target} ничем не доказана (сила 0)",
        "nothing proves the arrow {source} → {target} (strength 0)",
        *_PROVE,
    ),
    "pathway-arrow-unproven-strict": Entry(
        "error",
        "стрелка {source} → {target} ничем не доказана (сила 0), а в файле strict: true",
        "nothing proves the arrow {source} → {target} (strength 0), and the file has strict: true",
        *_PROVE,
    ),
    "pathway-arrow-disputed": Entry(
        "warning",
        "стрелка {source} → {target} спорная: часть доказательств против неё",
        "the arrow {source} → {target} is disputed: some of its evidence speaks against it",
        "Так её и описывайте: сила {level}, спорная.",
        "Describe it as such: strength {level}, disputed.",
    ),
    "pathway-ref-unknown": Entry("error", "доказательства «{name}» нет", "there is no evidence '{name}'", *_REFER),
    "pathway-ref-form": Entry(
        "error",
        "«{name}» не ссылка на доказательство вида {kind}",
        "'{name}' is no reference to evidence of the kind {kind}",
        *_REFER,
    ),
    "pathway-evidence-simulated": Entry(
        "note",
        "доказательство «{name}» ничего не весит: ответы смоделированы",
        "the evidence '{name}' bears nothing: the answers are simulated",
        *_WITHOUT,
    ),
    "pathway-evidence-invented": Entry(
        "note",
        "доказательство «{name}» ничего не весит: слова придуманы",
        "the evidence '{name}' bears nothing: the words are invented",
        *_WITHOUT,
    ),
    "pathway-evidence-unsourced": Entry(
        "note",
        "доказательство «{name}» ничего не весит: у чисел карточки нет источника",
        "the evidence '{name}' bears nothing: figures of the card have no source",
        *_WITHOUT,
    ),
    "pathway-evidence-small": Entry(
        "note",
        "доказательство «{name}» ничего не весит: ответивших слишком мало",
        "the evidence '{name}' bears nothing: too few people answered",
        *_WITHOUT,
    ),
    "case-figure-unsourced": Entry(
        "warning",
        "у числа «{name}» нет источника",
        "the figure '{name}' has no source",
        "Добавьте source; до этого карточка ничего не доказывает.",
        "Add source; until then the card proves nothing.",
    ),
}
