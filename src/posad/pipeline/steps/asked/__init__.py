"""What commands ask for beside a build: a published report audited, a design exported."""
