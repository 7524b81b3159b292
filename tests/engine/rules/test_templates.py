"""What a text of an operator or author may be."""

import pytest

from laurels.rules.templates import LIMIT, TEXTS, VALUES, Spoken, fault, faults, render, values

AWARDS = (Spoken("Silver Reviewer", "reviewer", "Reviewer", 2, "Silver"), Spoken("Helper", "helper", "Helper"))
CONTEXT = values("Ana", "chat:ana", "#hall", "acme", AWARDS)


def test_the_values_are_those_that_are_named() -> None:
    assert CONTEXT.keys() == VALUES.keys()


@pytest.mark.parametrize(("text", "shown"), [
    ("no values at all", "no values at all"),
    ("{{ person }} got {{ badge }}", "Ana got Silver Reviewer"),
    ("{{ awards|join(', ') }}; {{ others[0].name|upper }}", "Silver Reviewer, Helper; HELPER"),
    ("{% for a in awards %}{{ loop.index }}:{{ a.level }} {% endfor %}", "1:2 2:1"),
    ("{{ note if note else 'no note' }} {{ awards|length - 1 }} {{ person ~ '!' }}", "no note 1 Ana!"),
    ("{% if level > 1 and level_name %}{{ level_name }}{% endif %}", "Silver"),
    ("<b>{{ person }}</b>", "<b>Ana</b>"),
])  # fmt: skip
def test_a_template_shows_values(text: str, shown: str) -> None:
    assert (fault(text), render(text, CONTEXT)) == ("", shown)


@pytest.mark.parametrize(("text", "why"), [
    ("{{", "no Jinja2 template: unexpected 'end of template'"),
    ("{{ persn }}", "it can't show 'persn'; did you mean 'person'"),
    ("{{ xyzzy }}", "it can't show 'xyzzy'; there are person, badge,"),
    ("{{ awards[0].nam }}", "it fails: 'award' has no attribute 'nam'"),
    ("{{ person + 1 }}", "it fails: can only concatenate str"),
    ("{{ person.upper() }}", "a template can't use a call"),
    ("{% set x = 1 %}", "a template can't use {% set %}"),
    ("{% macro f() %}{% endmacro %}", "a template can't use {% macro %}"),
    ("{% include 'x' %}", "a template can't use Include"),
    ("{{ 'x' * 100 }}", "a template can't use *"),
    ("{{ '%99999999d' % 1 }}", "a template can't use Mod"),
    ("{% for a in awards %}{% for b in awards %}{% endfor %}{% endfor %}", "a template can't loop within a loop"),
    ("{{ person.__class__ }}", "it fails: access to attribute '__class__' of 'str' object is unsafe"),
    ("{{ ''['__class__'] }}", "it fails: access to attribute '__class__'"),
    ("{{ awards|map(attribute='__class__')|join }}", "it fails: access to attribute '__class__'"),
    ("{{ person|attr('__class__') }}", "no Jinja2 template: No filter named 'attr'"),
    ("{{ person|format(1) }}", "no Jinja2 template: No filter named 'format'"),
    ("{{ person" + "|list|join(person)" * 12 + " }}", f"it fails: a text of more than {LIMIT} characters"),
    ("{{ 'aa'" + "|replace('a', 'aaaaaaaaaa')" * 12 + " }}", f"it fails: a text of more than {LIMIT} characters"),
    ("x" * (LIMIT + 1), f"no template: longer than {LIMIT} characters"),
    ("{{" + "(" * 1500 + "1" + ")" * 1500 + "}}", "it fails: "),
])  # fmt: skip
def test_what_goes_beyond_showing_values_is_refused_with_the_reason(text: str, why: str) -> None:
    assert fault(text).startswith(why)


def test_texts_that_do_not_exist_are_named_with_the_nearest() -> None:
    assert list(faults({"won": "{{ person }}", "wonn": "x", "hello": "x", "several": "{{ x }}"})) == [
        ("wonn", "laurels says nothing of this name", "did you mean 'won'?"),
        ("hello", "laurels says nothing of this name", "there are won, several, withdrawn"),
        ("several", fault("{{ x }}"), ""),
    ]
    assert list(faults(dict.fromkeys(TEXTS, "{{ badge }}"))) == []
