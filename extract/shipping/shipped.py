"""The result of shipping a table."""

from collections.abc import Callable
from dataclasses import dataclass, field

from extract.landing.raw_tables import RawTable
from extract.shipping.values import Losses

# Told how many more rows were copied.
OnRows = Callable[[int], None]


@dataclass
class Shipped:
    """The result of shipping a table.

    `rows`: how many the target has now; `copied`: how many of them were sent now. `is_healed`: the target held other
    rows than the database, and all were sent. `losses`: what could not be shipped as it is stored.
    """

    table: RawTable
    rows: int = 0
    copied: int = 0
    is_healed: bool = False
    losses: Losses = field(default_factory=Losses)
