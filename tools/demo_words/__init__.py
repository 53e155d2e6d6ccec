"""What the invented study ``studies/demo-words`` is made of: phrases, interviews, answers; each part is made from a seed."""
