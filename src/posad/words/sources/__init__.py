"""Messages counted honestly: what hand codes say of the labels of a rule or a classifier, and shares corrected by them."""
