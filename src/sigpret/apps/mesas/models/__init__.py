"""What a mesa is made of: its people, its meetings, what it agreed, planned and produced."""

from sigpret.apps.mesas.models.accreditation import Accreditation, WorkingGroup
from sigpret.apps.mesas.models.agreement import Agreement, AgreementStep, Escalation
from sigpret.apps.mesas.models.conformity import Conformity, MinutesVersion
from sigpret.apps.mesas.models.meeting import AgendaItem, Attachment, Meeting
from sigpret.apps.mesas.models.mesa import Designation, Mesa
from sigpret.apps.mesas.models.participant import Participant, Sending
from sigpret.apps.mesas.models.product import (
    Challenge,
    InformationMechanism,
    MesaProduct,
    PlanReview,
)
from sigpret.apps.mesas.models.strategy import Bottleneck, CourseOfAction, Strategy
from sigpret.apps.mesas.models.work_plan import (
    WorkPlan,
    WorkPlanActivity,
    WorkPlanApproval,
    WorkPlanProgress,
    WorkPlanResult,
)

__all__ = [
    "Accreditation",
    "AgendaItem",
    "Agreement",
    "AgreementStep",
    "Attachment",
    "Bottleneck",
    "Challenge",
    "Conformity",
    "CourseOfAction",
    "Designation",
    "Escalation",
    "InformationMechanism",
    "Meeting",
    "Mesa",
    "MesaProduct",
    "MinutesVersion",
    "Participant",
    "PlanReview",
    "Sending",
    "Strategy",
    "WorkPlan",
    "WorkPlanActivity",
    "WorkPlanApproval",
    "WorkPlanProgress",
    "WorkPlanResult",
    "WorkingGroup",
]
