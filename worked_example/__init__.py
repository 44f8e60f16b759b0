"""An invented district for the worked example, for benchmarks and for tests.

Above `graph.model`, beside import and rules, and knows neither. Everything in it is openly
artificial: its names say 示例, its district code is unassigned, its coordinates lie at sea.
"""

from worked_example.delivery import Delivery, write_delivery
from worked_example.generate import Generated, generate
from worked_example.scale import Scale
from worked_example.scenes import Case, Verdict

__all__ = ["Case", "Delivery", "Generated", "Scale", "Verdict", "generate", "write_delivery"]
