"""What a raw table probably asks: names, kinds, families of columns, weights.

Conservative by rule: where the columns leave a doubt, they become single questions a person can join later.
"""
