"""Users, what they may do in which company, and invitations."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from quittance.storage.models.company import Company

ROLES = ("owner", "credit_manager", "collector", "sales", "accountant", "auditor")
SCOPES = ("all", "own")


class Users(BaseUserManager["User"]):
    """How users are made: always with an e-mail address, in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user; without a password, one that can only come in by an invitation."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of an e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in; rights come from memberships alone."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True, default="")
    language = models.CharField(max_length=2, default="fr")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """One user per address, whatever its case."""

        db_table = "user"
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """What a user is in a company: a role, over all customers or the user's own.

    A collector's own customers are those of the portfolio, a salesperson's those assigned to sell.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    scope = models.CharField(
        max_length=3, default="all", choices=[(scope, scope) for scope in SCOPES]
    )
    last_seen_position = models.BigIntegerField(default=0)  # of the journal, at the last visit
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        """One membership per user and company."""

        db_table = "membership"
        constraints: ClassVar = [
            models.UniqueConstraint("user", "company", name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=ROLES), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class Invitation(models.Model):
    """A place kept for somebody: the link holds a secret of which only the hash is kept."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE)
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=20, choices=[(role, role) for role in ROLES])
    scope = models.CharField(max_length=3, default="all")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Table name."""

        db_table = "invitation"

    def __str__(self) -> str:
        return self.email
