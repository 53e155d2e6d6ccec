"""Words as evidence: interviews and their codings, open answers, messages, places and companies named in them, prevalence."""
