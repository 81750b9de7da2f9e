"""What every test shares: Hypothesis without deadlines (a shared machine's clock proves nothing)."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
