"""The State as the matrix sees it: axes, blocks, sectors, institutions, memberships."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.models import User
from sigpret.apps.accounts.roles import INSTITUTION_ROLES, ROLE_LABELS, Role


class StrategicAxis(models.Model):
    code = models.CharField(_("código"), max_length=10)
    name = models.CharField(_("nombre"), max_length=200)

    class Meta:
        verbose_name = _("eje estratégico")
        verbose_name_plural = _("ejes estratégicos")
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="axis_code_is_unique")
        ]

    def __str__(self) -> str:
        return self.name


class AxisBlock(models.Model):
    """How the axes are printed: four axes, one of them split in two blocks."""

    axis = models.ForeignKey(StrategicAxis, models.PROTECT, related_name="blocks")
    code = models.CharField(_("código"), max_length=10)
    name = models.CharField(_("nombre"), max_length=200)

    class Meta:
        verbose_name = _("bloque de eje")
        verbose_name_plural = _("bloques de eje")
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="axis_block_code_is_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Sector(models.Model):
    code = models.CharField(_("código"), max_length=10)
    name = models.CharField(_("nombre"), max_length=200)
    slug = models.SlugField(_("dirección"), max_length=100)
    blocks = models.ManyToManyField(
        AxisBlock, through="SectorBlock", related_name="sectors", verbose_name=_("bloques")
    )

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectores")
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="sector_code_is_unique"),
            models.UniqueConstraint(fields=["slug"], name="sector_slug_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class SectorBlock(models.Model):
    """A sector may stand in two blocks: Mercado Laboral y Protección Social does."""

    sector = models.ForeignKey(Sector, models.PROTECT)
    block = models.ForeignKey(AxisBlock, models.PROTECT)

    class Meta:
        verbose_name = _("sector del bloque")
        verbose_name_plural = _("sectores del bloque")
        ordering: ClassVar[list[str]] = ["block__code", "sector__name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sector", "block"], name="sector_once_per_block")
        ]

    def __str__(self) -> str:
        return f"{self.block} · {self.sector}"


class Institution(models.Model):
    code = models.CharField(_("código"), max_length=10)
    name = models.CharField(_("nombre"), max_length=200)
    acronym = models.CharField(_("sigla"), max_length=20, blank=True)
    slug = models.SlugField(_("dirección"), max_length=120)
    source = models.CharField(_("fuente"), max_length=300)
    is_fictitious = models.BooleanField(_("institución inventada"), default=False)
    sectors = models.ManyToManyField(
        Sector, related_name="institutions", verbose_name=_("sectores")
    )

    class Meta:
        verbose_name = _("institución")
        verbose_name_plural = _("instituciones")
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["code"],
                name="institution_code_is_unique",
                violation_error_message=_("Ya existe una institución con ese código."),
            ),
            models.UniqueConstraint(fields=["slug"], name="institution_slug_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class Membership(models.Model):
    """A role somebody holds, for an institution, a sector or the whole country."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("papel"), max_length=30, choices=[*ROLE_LABELS.items()])
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True)
    valid_from = models.DateField(_("desde"))
    valid_until = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("asignación de papel")
        verbose_name_plural = _("asignaciones de papel")
        ordering: ClassVar[list[str]] = ["user", "role"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="membership_role_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=sorted(INSTITUTION_ROLES))
                | models.Q(institution__isnull=False),
                name="institution_role_names_its_institution",
                violation_error_message=_("Indique a qué institución pertenece."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("La fecha final no puede ser anterior a la inicial."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "institution", "sector"],
                name="membership_is_not_repeated",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class CrossCuttingTheme(models.Model):
    """What every sector treats; the permanent ones have an institution that leads them."""

    code = models.SlugField(_("código"), max_length=60)
    name = models.CharField(_("nombre"), max_length=200)
    is_permanent = models.BooleanField(_("se trata siempre"))
    lead = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="themes_led",
        verbose_name=_("institución rectora"),
    )
    source = models.CharField(_("fuente"), max_length=300)

    class Meta:
        verbose_name = _("tema transversal")
        verbose_name_plural = _("temas transversales")
        ordering: ClassVar[list[str]] = ["-is_permanent", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], name="cross_cutting_theme_code_is_unique")
        ]

    def __str__(self) -> str:
        return self.name


class AccessToken(models.Model):
    """What lets a program act for a person. Only its digest is kept; ending it is for ever.

    A program does what the person may do that day, and never more: without `may_write` it reads.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="access_tokens", verbose_name=_("persona")
    )
    name = models.CharField(_("para qué es"), max_length=100)
    digest = models.CharField(_("huella de la clave"), max_length=64)
    may_write = models.BooleanField(_("puede enviar planes"), default=False)
    created_at = models.DateTimeField(_("creada el"))
    expires_at = models.DateTimeField(_("vence el"))
    last_used_at = models.DateTimeField(_("usada por última vez el"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("anulada el"), null=True, blank=True)

    class Meta:
        verbose_name = _("clave de programa")
        verbose_name_plural = _("claves de programas")
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["digest"], name="access_token_is_unique"),
            models.UniqueConstraint(
                fields=["user", "name"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_living_token_per_person_and_name",
                violation_error_message=_(
                    "Ya tiene una clave con ese nombre. Anúlela o elija otro."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="access_token_expires_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.name}"
