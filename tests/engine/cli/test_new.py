def test_a_badge_pack_is_written_into_a_folder_of_its_name(shell):
    written = shell("new", "badge-pack", "acme-badges").splitlines()
    assert "acme-badges/pyproject.toml" in written
    assert written[-1] == "now: pip install -e acme-badges, then laurels badges"
    assert (shell.folder / "acme-badges" / "acme_badges" / "__init__.py").exists()


def test_a_name_that_can_not_be_one_is_refused(shell):
    assert shell("new", "badge-pack", "Acme Badges", status=2).startswith("laurels: 'Acme Badges' can't be the name of a badge pack:")


def test_a_folder_with_something_in_it_is_left_alone(shell):
    assert shell("new", "badge-pack", "badges", status=2) == (
        "laurels: badges is not empty; choose another folder, or another name\n"
    )  # fmt: skip
