"""Where evidence is kept is a matter of the environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from sigpret.config.storage import evidence_storage

FOLDER = Path("/var/lib/sigpret/evidence")


def test_without_a_word_it_is_a_folder_of_this_machine():
    storage = evidence_storage({}, FOLDER)
    assert storage["BACKEND"] == "sigpret.apps.evidence.storage.DurableStorage"
    assert storage["OPTIONS"]["location"] == FOLDER
    assert storage["OPTIONS"]["file_permissions_mode"] == 0o600


def test_a_bucket_makes_it_a_private_store_of_objects(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("muy-secreta\n")
    storage = evidence_storage(
        {
            "SIGPRET_EVIDENCE_S3_BUCKET": "evidencias",
            "SIGPRET_EVIDENCE_S3_ENDPOINT": "https://objetos.example.hn",
            "SIGPRET_EVIDENCE_S3_ACCESS_KEY": "clave",
            "SIGPRET_EVIDENCE_S3_SECRET_KEY_FILE": str(secret),
        },
        FOLDER,
    )
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert storage["OPTIONS"] == {
        "bucket_name": "evidencias",
        "endpoint_url": "https://objetos.example.hn",
        "access_key": "clave",
        "secret_key": "muy-secreta",
        "default_acl": "private",
        "file_overwrite": True,
    }


def test_a_bucket_without_its_keys_is_not_guessed():
    with pytest.raises(ImproperlyConfigured, match="SIGPRET_EVIDENCE_S3_SECRET_KEY"):
        evidence_storage({"SIGPRET_EVIDENCE_S3_BUCKET": "evidencias"}, FOLDER)
