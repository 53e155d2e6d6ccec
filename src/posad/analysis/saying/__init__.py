"""How analyses name what they speak of and put it in words."""
