"""Templates: used, and fit for a policy that allows no inline script or style."""

import re

import pytest

from tests.repository.sources import SRC, modules, templates

named = pytest.mark.parametrize("template", templates(), ids=lambda path: path.name)
#: An e-mail is read where no style sheet of ours can be; it is never a page of the product.
IS_MAIL = re.compile(r"templates/\w+/mail/")
#: Found by name at run time by Django or by the sign-in library.
FOUND_BY_NAME = re.compile(r"templates/(account|mfa|allauth|django|usersessions|40\d|500)")


@named
def test_nothing_is_inline(template):
    text = template.read_text(encoding="utf-8")
    assert IS_MAIL.search(str(template)) or not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=[\"']", text)
    assert not re.search(r"<style", text)
    assert not re.search(r"<script(?![^>]*(\bsrc=|type=.application/json))", text)


@named
def test_nothing_is_marked_safe(template):
    assert "|safe" not in template.read_text(encoding="utf-8")
    assert "autoescape off" not in template.read_text(encoding="utf-8")


@named
def test_no_address_leaves_the_house(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"(src|action)=[\"'](https?:)?//", text)


def test_no_template_is_unused():
    code = "\n".join(module.text for module in modules())
    code += "\n".join(path.read_text(encoding="utf-8") for path in templates())
    unused = []
    for path in templates():
        name = str(path).split("/templates/", 1)[1]
        if FOUND_BY_NAME.search(str(path.relative_to(SRC))):
            continue
        if name not in code:
            unused.append(name)
    assert not unused
