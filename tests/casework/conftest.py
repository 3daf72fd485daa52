"""A commune of its own for each test, on a fresh database of either kind, with the shipped catalog taken up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.casework.commune import Commune, add_people, put_catalog

from motcua.catalogue.proving import Proof, prove_catalog
from motcua.gateways.clock import HandClock
from motcua.office import Office, open_office
from motcua.settings import HOME, Settings


@pytest.fixture(scope="session")
def proof() -> Proof:
    """The shipped catalog, proven once."""
    return prove_catalog(HOME)


@pytest.fixture
def office(settings: Settings, clock: HandClock, proof: Proof) -> Iterator[Office]:
    opened = open_office(settings, clock=clock)
    put_catalog(opened, proof)
    yield opened
    opened.store.close()


@pytest.fixture
def commune(office: Office, clock: HandClock) -> Commune:
    return add_people(office, clock)
