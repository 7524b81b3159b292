import pytest

import laurels_badges


@pytest.fixture
def pack():
    return laurels_badges


@pytest.fixture
def ana(world):
    return world.person("ana")


@pytest.fixture
def bob(world):
    return world.person("bob")


@pytest.fixture
def robot(world):
    return world.person("robot", bot=True)


@pytest.fixture
def crowd(world):
    return lambda size: [world.person(f"member{number}") for number in range(size)]
