"""The account, in the words and looks of the house."""

import re

import pytest
from django.core import mail
from django.urls import reverse

pytestmark = pytest.mark.django_db

PASSWORD = "una frase larga de prueba"


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create_user(
        "luis@ejemplo.hn", PASSWORD, full_name="Luis Benítez"
    )


def page(client, name: str) -> str:
    response = client.get(reverse(name))
    assert response.status_code == 200, (name, response.headers.get("Location"))
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "Ingrese con su cuenta"),
        ("account_reset_password", "Recupere su contraseña"),
        ("account_reset_password_done", "Revise su correo"),
        ("account_reset_password_from_key_done", "Su contraseña cambió"),
        ("account_inactive", "Esta cuenta está inactiva"),
    ],
)
def test_whoever_has_not_entered_reads_one_sheet(client, name, heading):
    assert heading in page(client, name)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_logout", "¿Quiere salir?"),
        ("account_change_password", "Cambie su contraseña"),
        ("mfa_index", "<h1"),
    ],
)
def test_whoever_entered_manages_the_account(client, person, name, heading):
    client.force_login(person)
    html = page(client, name)
    assert heading in html
    assert "Volver a mi trabajo" in html


def test_every_field_of_the_sign_in_form_has_its_label(client):
    html = page(client, "account_login")
    fields = set(re.findall(r'<input[^>]*type="(?:email|password|text)"[^>]*id="([^"]+)"', html))
    labels = set(re.findall(r'<label for="([^"]+)"', html))
    assert fields
    assert fields <= labels


def test_a_wrong_password_says_so_beside_the_form_and_keeps_the_address(client, person):
    html = client.post(
        reverse("account_login"), {"login": person.email, "password": "no es esta"}
    ).content.decode()
    assert 'class="errors' in html
    assert person.email in html


def test_the_message_to_recover_a_password_has_one_link_and_no_jargon(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    (message,) = mail.outbox
    assert "Cree una contraseña nueva" in message.subject
    assert "Si no fue usted, no haga nada" in message.body
    assert len(re.findall(r"https?://", message.body)) == 1


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client):
    response = client.post(reverse("account_reset_password"), {"email": "nadie@ejemplo.hn"})
    assert response.headers["Location"] == reverse("account_reset_password_done")
    assert not mail.outbox


def test_the_home_of_work_greets_and_says_there_is_nothing_to_do(client, person):
    client.force_login(person)
    html = page(client, "pending")
    assert "Luis. No tiene pendientes." in html
    assert "Está al día" in html


def test_the_home_of_work_asks_who_is_there(client):
    response = client.get(reverse("pending"))
    assert response.status_code == 302
    assert reverse("account_login") in response.headers["Location"]
