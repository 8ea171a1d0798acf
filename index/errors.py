"""What can go wrong between a file and a published generation.

Every message answers four questions: what happened, where, which value, what to do next. A command prints it
as one line and exits with 1; nothing below the channels ever prints a traceback.
"""


class PolicybotError(Exception):
    """Something could not be done; ``str(error)`` is the one line a person reads."""


class CorpusError(PolicybotError):
    """A document, the manifest or another file of ``docs_corpus/`` is missing or unreadable."""


class StoreError(PolicybotError):
    """The data directory is missing, half-written, damaged, or was built by something else."""


class EncoderError(PolicybotError):
    """An embedding model cannot be found, unpacked or loaded."""
