"""What a study holds in words beside its answers: interviews with their codings, quotes and memos."""
