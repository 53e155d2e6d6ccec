"""From a study folder to a running site: packages, the wording in the field, everything opened, the server itself."""
