from hypothesis import HealthCheck, settings

# A shared machine is slow at times, and slowness is no failure: the bench says how fast things are.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
