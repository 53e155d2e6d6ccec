"""What is done at the desk beside a running site: the monitor opened, backups made, people invited, respondents erased."""
