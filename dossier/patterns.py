"""Regular expressions that are compiled when they are first used.

To compile all that the rules may look for took longer than an edit does, and most of it looks for what is not there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr

if TYPE_CHECKING:

    def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """As `re.compile`, but a mistake in it is raised when it is used."""

else:

    class regex:
        """Keeps the methods of the compiled one as its own, so that only the first use of each comes by here."""

        def __init__(self, text: AnyStr, flags: int = 0) -> None:
            self.pattern = text
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            compiled = re.compile(self.pattern, self._flags)
            asked = getattr(compiled, name)
            setattr(self, name, asked)
            return asked
