"""Banner tables: questions against groups, with bases, nets and low-base rules."""
