"""Commands about places: where towns lie, which strategies they may follow, what official figures say of their gaps."""
