"""The formats, each a module: what it reads by its endings and its look, and how.

A module states ``ENDINGS`` of files, ``TYPES`` of web content, ``looks_like(start)`` for data without an
ending, and ``read(source)``, which gives articles and errors. A new format is a new file here, and nothing else.
"""
