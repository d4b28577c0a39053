"""The person who signs in: an e-mail address, a name and nothing else."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserDirectory(BaseUserManager["User"]):
    """Creates people; the e-mail address is the identity."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """`read_memberships` is filled by whoever reads a person together with where they work."""

    read_memberships: Sequence[Any] | None = None

    email = models.EmailField(_("correo electrónico"))
    full_name = models.CharField(_("nombre completo"), max_length=200)
    position = models.CharField(_("cargo"), max_length=200, blank=True)
    is_active = models.BooleanField(_("puede entrar"), default=True)
    is_demo = models.BooleanField(_("persona ficticia"), default=False)
    joined_at = models.DateTimeField(_("alta"), auto_now_add=True)

    objects: ClassVar[UserDirectory] = UserDirectory()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("persona usuaria")
        verbose_name_plural = _("personas usuarias")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique",
                violation_error_message=_("Ya hay una cuenta con ese correo."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_staff(self) -> bool:
        return self.is_superuser
