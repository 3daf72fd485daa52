"""From parsed catalog files to domain nouns, collecting every mistake on the way. Called by `check` and by
`editions`.
"""

from motcua.catalogue.binding.procedure import bind_procedure
from motcua.catalogue.binding.province import bind_province

__all__ = ["bind_procedure", "bind_province"]
