"""What was promised: a goal of one of three levels, and where it is written."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.institutions.models import CrossCuttingTheme, Institution, Sector
from sigpret.apps.planning.models import Objective, Product
from sigpret.apps.reference.models import FrameworkObjective, TargetPopulation


class Goal(models.Model):
    """A commitment ("meta"): its text and place; its numbers are the indicator's targets."""

    class Level(models.TextChoices):
        PRESIDENTIAL = "presidential", _("presidencial")
        SECTORAL = "sectoral", _("sectorial")
        INSTITUTIONAL = "institutional", _("institucional")

    class ChainPosition(models.TextChoices):
        INPUT = "input", _("insumo")
        ACTIVITY = "activity", _("actividad")
        PRODUCT = "product", _("producto")
        RESULT = "result", _("resultado")
        IMPACT = "impact", _("impacto")

    code = models.CharField(_("código"), max_length=30)
    slug = models.SlugField(_("dirección"), max_length=150)
    level = models.CharField(_("nivel"), max_length=15, choices=Level.choices)
    text = models.CharField(_("meta"), max_length=500)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="goals")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="goals", null=True, blank=True
    )
    chain_position = models.CharField(
        _("posición en la cadena"), max_length=10, choices=ChainPosition.choices
    )
    is_prioritised = models.BooleanField(_("priorizada"), default=False)
    assumption = models.TextField(_("supuesto"), blank=True, db_default="")
    target_population = models.ForeignKey(
        TargetPopulation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("población objetivo"),
    )
    framework_objectives = models.ManyToManyField(
        FrameworkObjective,
        related_name="goals",
        blank=True,
        verbose_name=_("objetivos de los marcos de desarrollo"),
    )
    themes = models.ManyToManyField(
        CrossCuttingTheme, related_name="goals", blank=True, verbose_name=_("temas transversales")
    )
    objectives = models.ManyToManyField(
        Objective, related_name="goals", blank=True, verbose_name=_("objetivos del plan")
    )
    products = models.ManyToManyField(
        Product, related_name="goals", blank=True, verbose_name=_("productos vinculados")
    )

    handed_down_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handed_down",
        verbose_name=_("entregada desde"),
    )
    has_own_wording = models.BooleanField(
        _("con redacción propia"),
        default=True,
        db_default=True,
        help_text=_("Una meta entregada sin redacción propia sigue la de su origen."),
    )
    stems = models.TextField(_("raíces para buscar"), blank=True, editable=False, db_default="")
    version = models.PositiveIntegerField(_("versión"), default=1, db_default=1)

    class Meta:
        verbose_name = _("meta")
        verbose_name_plural = _("metas")
        ordering: ClassVar[list[str]] = ["code"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["level", "code"], name="goal_by_level"),
            GinIndex(SearchVector("stems", config="simple"), name="goal_by_words"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="goal_code_is_unique"),
            models.UniqueConstraint(fields=["slug"], name="goal_slug_is_unique"),
            models.CheckConstraint(
                condition=models.Q(has_own_wording=True) | models.Q(handed_down_from__isnull=False),
                name="only_a_handed_down_goal_borrows_its_wording",
                violation_error_message=_("Sólo una meta entregada toma la redacción de otra."),
            ),
            models.CheckConstraint(
                condition=models.Q(level="institutional", institution__isnull=False)
                | (~models.Q(level="institutional") & models.Q(institution__isnull=True)),
                name="only_an_institutional_goal_has_an_institution",
                violation_error_message=_("Sólo una meta institucional lleva institución."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
