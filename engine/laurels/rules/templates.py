"""Texts that operators and authors write: Jinja2, in its sandbox."""


def fault(text: str) -> str:
    """Say why *text* is no template, or nothing where it is one."""
    if "{" not in text:
        return ""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - only who has templates should pay for it
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    try:
        SandboxedEnvironment().parse(text)
    except TemplateSyntaxError as error:
        return f"no Jinja2 template: {error.message}"
    return ""
