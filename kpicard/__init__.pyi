# The public names as type checkers see them; `__init__.py` imports each on first use.
from kpicard.actuals.files.inputs import Frame as Frame
from kpicard.actuals.files.tables import Source as Source
from kpicard.actuals.load import TableRead as TableRead
from kpicard.cards.advice import Advice as Advice
from kpicard.cards.advice import Step as Step
from kpicard.cards.history import History as History
from kpicard.cards.impact.compare import compare as compare
from kpicard.cards.impact.revision import load_revision as load_revision
from kpicard.cards.impact.values import Impact as Impact
from kpicard.cards.request import ScoreRequest as ScoreRequest
from kpicard.cards.scorecards import Scorecards as Scorecards
from kpicard.cards.scorecards import score as score
from kpicard.cards.scorecards import score_request as score_request
from kpicard.cards.summary_values import Summary as Summary
from kpicard.cards.trend import Trend as Trend
from kpicard.cards.trend import trend as trend
from kpicard.cards.values import Adjusted as Adjusted
from kpicard.cards.values import Card as Card
from kpicard.cards.values import Missing as Missing
from kpicard.cards.values import RoleName as RoleName
from kpicard.cards.values import Scored as Scored
from kpicard.cards.values import Status as Status
from kpicard.cards.values import Withheld as Withheld
from kpicard.problems import Problem as Problem
from kpicard.rules.fields import Range as Range
from kpicard.rules.load import load as load
from kpicard.rules.models import Adjustment as Adjustment
from kpicard.rules.models import Department as Department
from kpicard.rules.models import Grade as Grade
from kpicard.rules.models import Kpi as Kpi
from kpicard.rules.models import Responsibility as Responsibility
from kpicard.rules.models import Role as Role
from kpicard.rules.models import Veto as Veto
from kpicard.rules.rules import Rules as Rules

__version__: str
