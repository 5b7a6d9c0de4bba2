"""The rules that reading itself enforces: is this plain YAML, does every key and value belong where it stands.

Rules with a judgement of their own have a file each in `checks/`. These have none, since a reader applies them
everywhere; their sentences stand together here.
"""

from dossier.problems import Rule

NOT_YAML = Rule(
    "E101",
    "not-yaml",
    "shape",
    "error",
    "A data file is YAML, indented with spaces.",
    "What cannot be read cannot be checked, and a tab looks different in every editor.",
    "Compare with the lines around it: indent with spaces, put a space after each colon and close every quote.",
)
DOUBLED_KEY = Rule(
    "E102",
    "doubled-key",
    "shape",
    "error",
    "A key stands once in its record.",
    "Most readers of YAML keep the last one silently, so half of what was written would vanish.",
    "Keep one of the two, or move the second into a record of its own (begin it with '- id:').",
)
NOT_PLAIN = Rule(
    "E103",
    "plain-yaml",
    "shape",
    "error",
    "Data files use plain YAML: no anchors, aliases, tags, merge keys or second document.",
    "What a reviewer reads in a line must be what the site prints, without looking elsewhere in the file.",
    "Write the value out where it is used; put quotes around text that begins with & * ! or |.",
)
BEYOND_LIMITS = Rule(
    "E104",
    "within-limits",
    "shape",
    "error",
    "A file keeps within the limits: 2 MB, 50 levels deep, 20,000 characters in one value.",
    "Pull requests come from strangers; a file must not be able to stop a build.",
    "Split the file, or raise `policy: {max_file_mb: ...}` in data/site.yaml.",
)
NOT_TEXT = Rule(
    "E105",
    "readable-file",
    "shape",
    "error",
    "A data file is a plain file with text in UTF-8, holds something, and its name ends in .yaml.",
    "A file that is skipped in silence loses claims without anybody noticing.",
    "Save the file again as UTF-8 text, under a name that ends in .yaml.",
)
UNKNOWN_FIELD = Rule(
    "E106",
    "unknown-field",
    "shape",
    "error",
    "Every key is one the record has.",
    "A key that is misspelt would otherwise be left out of the site in silence.",
    "See docs/data-format.md for the keys of this record.",
)
MISSING_FIELD = Rule(
    "E107",
    "missing-field",
    "shape",
    "error",
    "Every required key is there and has a value.",
    "The page could not say what it must say.",
    "Add the key, or remove the record.",
)
BAD_VALUE = Rule(
    "E108",
    "bad-value",
    "shape",
    "error",
    "Every value is of the kind its key asks for.",
    "A value of another kind would print as nonsense or be counted wrong.",
    "See docs/data-format.md for what belongs here.",
)
BAD_ID = Rule(
    "E109",
    "bad-id",
    "shape",
    "error",
    "An id is 2 to 80 lower-case letters, digits and hyphens, and no word that pages use for their own anchors.",
    "Ids are addresses: they must work in a URL, on every disk, and for ever.",
    "Use lower-case letters without accents, digits and hyphens, like 'acme-order-2025'.",
)
DOUBLED_ID = Rule(
    "E110",
    "doubled-id",
    "shape",
    "error",
    "An id is used once over all collections.",
    "Two records under one address cannot be told apart.",
    "Give the newer record another id.",
)
DANGLING = Rule(
    "E111",
    "dangling-reference",
    "shape",
    "error",
    "Every reference names a record that exists.",
    "A citation of nothing is no citation.",
    "Correct the id, or add the record it should name.",
)
BAD_DATE = Rule(
    "E301",
    "invalid-date",
    "time",
    "error",
    "Dates are EDTF level 1: 2025-11-28, 2026-01, 2024, 2024-08/.., 2026-01~.",
    "The site shows dates no more precise than the data, so it must know how precise they are.",
    "Write the year, month and day with hyphens, as far as they are known: 2025-11-28, 2025-11 or 2025.",
)
HIDDEN_CHARACTER = Rule(
    "E703",
    "hidden-character",
    "integrity",
    "error",
    "Texts hold no control, bidirectional or invisible characters.",
    "They can make a line read differently from what it says; see CVE-2021-42574, 'Trojan Source'.",
    "Delete the character, or type the words again.",
)
URL_SCHEME = Rule(
    "E704",
    "url-scheme",
    "integrity",
    "error",
    "Addresses begin with https:// or http://.",
    "Any other scheme could run a script in the reader's browser or point into the reader's own machine.",
    "Use the page's own https:// address.",
)
DAMAGED_LOCK = Rule(
    "E708",
    "damaged-lock",
    "integrity",
    "error",
    "A line of a .lock file is as the program wrote it.",
    "These files say what was published and which quotes were found; a line that cannot be read protects nothing.",
    "Take the file from the main branch again. Only 'build.py lock', 'snapshot' and 'verify' write such files.",
)

SHAPE_RULES = (
    NOT_YAML,
    DOUBLED_KEY,
    NOT_PLAIN,
    BEYOND_LIMITS,
    NOT_TEXT,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    BAD_VALUE,
    BAD_ID,
    DOUBLED_ID,
    DANGLING,
    BAD_DATE,
    HIDDEN_CHARACTER,
    URL_SCHEME,
    DAMAGED_LOCK,
)
