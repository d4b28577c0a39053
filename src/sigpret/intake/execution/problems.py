"""Why a file of execution is refused whole."""


class LayoutError(ValueError):
    """The file is refused; its text is the sentence for a person."""
