"""Live fieldwork: who is asked and who has answered; links, quotas with reservations, the ledger of interviews, the site, panels, the monitor."""
