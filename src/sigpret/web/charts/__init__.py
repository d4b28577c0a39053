"""Charts drawn on the server: a frozen dataclass in, `svg()` and its `table()` twin out.

One question, one drawing. Colour comes from CSS classes, never from a style attribute; the text
of every label and value is escaped; what was not reported is hatched or hollow, never a zero.
"""

from sigpret.web.charts.band import BandChart, BandPoint, Peer
from sigpret.web.charts.bars import QuarterBar, QuarterBars
from sigpret.web.charts.before_after import BeforeAfter, QuarterShare
from sigpret.web.charts.bullet import Bullet
from sigpret.web.charts.chain import ChainFlow, ChainNode, ChainStage
from sigpret.web.charts.contribution import Contribution, ContributionBar, Threshold
from sigpret.web.charts.control import ControlChart, ControlPoint
from sigpret.web.charts.gantt import Gantt, GanttBar, GanttRow
from sigpret.web.charts.quadrant import Dumbbell, Quadrant, QuadrantPoint, SideMark
from sigpret.web.charts.spark import Spark, SparkPoint
from sigpret.web.charts.strip import StatusStrip
from sigpret.web.charts.svg import Chart, ChartTable
from sigpret.web.charts.tiles import DEPARTMENTS, TileDatum, TileMap
from sigpret.web.charts.trajectory import Projection, Trajectory, TrajectoryPoint
from sigpret.web.charts.value_chain import ValueChain
from sigpret.web.charts.waterfall import Movement, Waterfall

__all__ = [
    "DEPARTMENTS",
    "BandChart",
    "BandPoint",
    "BeforeAfter",
    "Bullet",
    "ChainFlow",
    "ChainNode",
    "ChainStage",
    "Chart",
    "ChartTable",
    "Contribution",
    "ContributionBar",
    "ControlChart",
    "ControlPoint",
    "Dumbbell",
    "Gantt",
    "GanttBar",
    "GanttRow",
    "Movement",
    "Peer",
    "Projection",
    "Quadrant",
    "QuadrantPoint",
    "QuarterBar",
    "QuarterBars",
    "QuarterShare",
    "SideMark",
    "Spark",
    "SparkPoint",
    "StatusStrip",
    "Threshold",
    "TileDatum",
    "TileMap",
    "Trajectory",
    "TrajectoryPoint",
    "ValueChain",
    "Waterfall",
]
