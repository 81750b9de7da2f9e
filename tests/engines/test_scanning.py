"""The oracle keeps the contract itself."""

import pytest

from search_app.engines.base import Engine
from tests.engines.contract import EngineContract
from tests.engines.scanning import ScanningEngine


class TestScanningEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return ScanningEngine()
