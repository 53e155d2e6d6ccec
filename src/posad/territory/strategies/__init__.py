"""Strategies of territories: who may follow which by rule, which of them go together, and how much hangs on the thresholds."""
