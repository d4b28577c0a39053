"""Minutes as citizens read them, and the check of a copy."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sigpret.apps.evidence import storage
from sigpret.apps.mesas.models import Agreement, Meeting
from sigpret.apps.mesas.queries.hiding import Hiding
from sigpret.apps.mesas.queries.published_mesas import published_mesas
from sigpret.apps.mesas.queries.published_minutes import people_of, public_minutes
from sigpret.config.paths import CATALOGUES
from tests.factories.mesas import AT, accredit, make_mesa
from tests.factories.minutes import agree, ask, make_distributed, make_scene, start, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = start(make_scene())
    person = scene.people[0]
    write(scene, f"{person.full_name} explicó la caída; llame al 2222-1111 o a ana@salud.gob.hn.")
    return scene


def place(scene, more=""):
    return f"/mesas/{scene.mesa.sector.slug}/actas{more}"


def test_the_public_text_has_institutions_and_posts_and_no_personal_data(client, scene):
    Meeting.objects.update(place="Sala 4B")
    agree(scene)
    made = make_distributed(scene)
    said = client.get(place(made, "/1-2026")).content.decode()
    assert "Solicitar la compra de emergencia" in said
    assert "Dirección de Planificación explicó la caída" in said
    assert scene.institutions[0].name in said
    for person in scene.people:
        assert person.full_name not in said
        assert person.email not in said
    for private in ("2222-1111", "ana@salud.gob.hn", "llave-"):
        assert private not in said


def test_years_and_quantities_are_not_taken_for_telephones():
    hide = Hiding({"participants": []})
    assert hide("ENTAH 2022-2026, 1200 camas y 38 renglones") == (
        "ENTAH 2022-2026, 1200 camas y 38 renglones"
    )
    assert "2233-4455" not in hide("al 2233-4455")


KNOWN = {
    "participants": [
        {
            "name": "Ana Lucía Mejía Paz",
            "position": "Planificación",
            "institution": "Salud",
            "substitute": "José de la Cruz",
            "substitute_position": "Compras",
        }
    ],
    "agenda": [
        {
            "presenter": "Marta Zúniga, directora",
            "agreements": [{"responsible": "Óscar Núñez", "position": "", "institution": "IHSS"}],
        },
        {"presenter": "Coordinación técnica", "agreements": []},
    ],
}


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ("Ana Mejía explicó", "Planificación explicó"),
        ("ANA LUCIA MEJIA PAZ explicó", "Planificación explicó"),
        ("Mejía Paz, Ana Lucía llegó", "Planificación llegó"),
        ("la Lic. Mejía llegó", "la Lic. Planificación llegó"),
        ("Jose de la Cruz llegó", "Compras llegó"),
        ("llamar a Oscar Nuñez", "llamar a IHSS"),
        ("Marta Zuniga presentó", "[nombre] presentó"),
        ("su DNI es 0801-1975-01234", "su DNI es [identidad]"),
        ("su RTN es 08011975012345", "su RTN es [identidad]"),
        ("al (504) 2233-4455 o 9988 77 66", "al [teléfono] o [teléfono]"),
        ("a ana.mejia@salud.gob.hn", "a [correo]"),
        ("en La Paz, la Coordinación técnica", "en La Paz, la Coordinación técnica"),
        ("Mejía es un apellido", "Mejía es un apellido"),
    ],
)
def test_whoever_the_minutes_know_is_hidden_however_they_are_written(said, public):
    assert Hiding(KNOWN)(said) == public


def test_whoever_answers_without_having_been_called_and_the_place_are_hidden_too(client):
    scene = start(make_scene())
    Meeting.objects.update(place="Casa de Ana Lucía Mejía, al 2222-1111")
    write(scene, "Ana Mejía lo hará.")
    agree(scene, responsible="Ana Lucía Mejía")
    said = client.get(place(make_distributed(scene), "/1-2026")).content.decode()
    for private in ("Mejía", "2222-1111"):
        assert private not in said


def test_whoever_writes_reads_beforehand_what_will_be_public(client):
    scene = ask(make_scene())
    address = f"/mesas/{scene.mesa.sector.slug}/r/1/publica"
    assert client.get(address).status_code == 302
    client.force_login(scene.coordinator)
    said = client.get(address).content.decode()
    assert "Así se publicará" in said
    assert scene.people[0].full_name not in said


def test_only_distributed_minutes_are_public(client):
    scene = ask(make_scene())
    assert client.get(place(scene, "/1-2026")).status_code == 404
    assert "aparece aquí el día" in client.get(place(scene)).content.decode()


def test_the_list_and_how_each_agreement_stands_today(client):
    scene = make_distributed()
    Agreement.objects.update(state="in_progress")
    assert "01-2026" in client.get(place(scene)).content.decode()
    assert "En proceso" in client.get(place(scene, "/01-2026")).content.decode()


def test_reserved_minutes_say_their_ground_and_nothing_else():
    scene = make_distributed()
    Meeting.objects.update(is_reserved=True, legal_ground="Artículo 17 de la LTAIP")
    found = public_minutes(scene.mesa, 1, 2026, today=AT.date())
    assert found.legal_ground == "Artículo 17 de la LTAIP"
    assert (found.topics, found.institutions, found.opening) == ((), (), "")


def test_a_copy_is_the_one_that_went_out_or_it_is_not(client):
    scene = make_distributed()
    code = scene.meeting.document_digest[:16]
    assert scene.meeting.document_digest in client.get(f"/verificar/{code}").content.decode()
    paper = storage.read(scene.meeting.document.sha256)
    for data, words in ((paper, "es idéntica"), (paper + b" ", "Su copia es otra")):
        copy = SimpleUploadedFile("acta.pdf", data, "application/pdf")
        assert words in client.post(f"/verificar/{code}", {"copy": copy}).content.decode()


def test_a_code_is_found_however_it_is_typed(client):
    digest = make_distributed().meeting.document_digest
    typed = f"{digest[:4]}-{digest[4:8]} {digest[8:16]}".upper()
    assert client.get(f"/verificar/{typed}").status_code == 200
    sent = client.get("/verificar", {"codigo": digest[:16]})
    assert sent["Location"] == f"/verificar/{digest[:16]}"


@pytest.mark.parametrize("code", ["abcd", "0" * 16, "g" * 16, "' OR 1=1"])
def test_a_code_nobody_has_is_no_document(client, code):
    make_distributed()
    answer = client.get(f"/verificar/{code}")
    assert answer.status_code == 404
    assert "Ningún documento tiene ese código" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ("La Lic. Rebeca Funes lo llevará.", "La Lic. [nombre] lo llevará."),
        ("habló el ingeniero Mejía", "habló el ingeniero [nombre]"),
        ("Dra. María de los Ángeles Paz, de fuera", "Dra. [nombre], de fuera"),
        ("el Hospital Dr. Mario Catarino Rivas", "el Hospital Dr. Mario Catarino Rivas"),
        ("don de gentes y señor de nadie", "don de gentes y señor de nadie"),
    ],
)
def test_a_name_a_scribe_typed_after_a_title_is_not_public(said, public):
    assert Hiding({"participants": []})(said) == public


def test_whoever_is_or_was_in_the_mesa_is_hidden_though_nobody_called_them(scene):
    gone = accredit(scene.mesa, full_name="Ofelia Barahona Ruiz", position="Planificación")
    gone.ended_on, gone.end_reason = AT.date(), "Otro puesto"
    gone.save()
    hide = Hiding({"participants": []}, people_of(scene.mesa))
    assert hide("Ofelia Barahona lo entregó.") == "Planificación lo entregó."


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ("según Pedro Matamoros, no hay", "según [nombre], no hay"),
        ("Rosa Elena Funes de la Secretaría de Salud", "[nombre] de la Secretaría de Salud"),
        ("lo hará María de los Ángeles Paz.", "lo hará [nombre]."),
        ("JUAN CARLOS PONCE y Julia A. Rivas", "[nombre] y [nombre]"),
        ("el Hospital Mario Catarino Rivas", "el Hospital Mario Catarino Rivas"),
        ("el Hospital «Dr. Mario Catarino Rivas»", "el Hospital «Dr. Mario Catarino Rivas»"),
        (
            "en Francisco Morazán y Santa Rosa de Copán",
            "en Francisco Morazán y Santa Rosa de Copán",
        ),
        ("la Norma Técnica y el III trimestre", "la Norma Técnica y el III trimestre"),
        ("el Puerto San Lorenzo Sur", "el Puerto San Lorenzo Sur"),
        ("Julio, Agosto y Septiembre", "Julio, Agosto y Septiembre"),
        ("la Secretaría de Salud y Gracias a Dios", "la Secretaría de Salud y Gracias a Dios"),
    ],
)
def test_a_given_name_and_a_surname_are_somebody_whoever_they_are(said, public):
    assert Hiding({"participants": []})(said) == public


def test_goals_institutions_and_places_of_the_country_are_not_taken_for_people():
    hide = Hiding({"participants": []})
    for name in ("institutions", "sectors", "departments", "axes", "framework_objectives"):
        rows = (CATALOGUES / f"{name}.csv").read_text(encoding="utf-8")
        assert "[nombre]" not in hide(rows), name


def test_a_citizen_finds_every_mesa_and_what_it_has_published(client, django_assert_num_queries):
    scene = make_distributed()
    silent = make_mesa()
    draft = ask(make_scene())
    with django_assert_num_queries(1):
        assert sum(mesa.minutes for mesa in published_mesas()) == 1
    said = client.get("/actas").content.decode()
    assert "Las mesas sectoriales han publicado 1 ayuda memoria" in said
    assert place(scene) in said
    assert "1 ayuda memoria, de la sesión del" in said
    assert place(draft) in said, "a draft publishes nothing, its mesa is there"
    assert said.count("Todavía ninguna") == 2
    assert silent.sector.name in said
    assert "/actas" in client.get(place(scene)).content.decode()
