"""What became of a table when it was shipped."""

from collections.abc import Callable
from dataclasses import dataclass, field

from extract.landing.raw_tables import RawTable
from extract.shipping.values import Losses

# Told how many more rows were copied.
OnRows = Callable[[int], None]


@dataclass
class Shipped:
    """`rows`: how many the target has now; `copied`: how many of them were sent now.

    `is_healed`: the target held other rows than the database, and all were sent.
    """

    table: RawTable
    rows: int = 0
    copied: int = 0
    is_healed: bool = False
    losses: Losses = field(default_factory=Losses)
