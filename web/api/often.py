"""Refuse who asks too often: fixed windows of a minute, counted in each worker by itself."""

import threading
import time
from collections import Counter
from collections.abc import Hashable

WINDOW_SECONDS = 60


class Limit:
    """So many times a minute for each key."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._window = 0
        self._counts: Counter[Hashable] = Counter()
        self._lock = threading.Lock()

    def count(self, key: Hashable) -> None:
        """Note one more time."""
        with self._lock:
            self._turn()
            self._counts[key] += 1

    def is_reached(self, key: Hashable) -> bool:
        """Say whether a key has had all its times of this minute."""
        with self._lock:
            self._turn()
            return self._counts[key] >= self.most

    def _turn(self) -> None:
        window = int(time.monotonic() / WINDOW_SECONDS)
        if window != self._window:
            self._window = window
            self._counts.clear()
