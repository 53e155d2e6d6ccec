"""Problems of the topic "plans": the settings of a study and the addresses of its numbers.

The entries stand in the files ``plans_*.py``.
"""

from posad.core.catalogue import plans_addresses, plans_ages, plans_answers, plans_folder, plans_sample, plans_weights
from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {
    **plans_folder.ENTRIES,
    **plans_weights.ENTRIES,
    **plans_answers.ENTRIES,
    **plans_addresses.ENTRIES,
    **plans_sample.ENTRIES,
    **plans_ages.ENTRIES,
}
