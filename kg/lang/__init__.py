"""Facts of languages, as data: one folder a language, no code."""
