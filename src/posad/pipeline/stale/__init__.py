"""What is stale and why: hashes of inputs kept in ``study.lock``, and the decision what to do again."""
