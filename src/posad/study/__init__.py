"""The study folder as frozen values: what is asked, of whom, how it is weighed, tabulated and told."""
