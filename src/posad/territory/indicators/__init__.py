"""Official figures of territories over time, and which services are present where: tables of a study, read and checked.

``indicators/*.csv`` hold figures, ``indicators/presence.csv`` services. The gaps in them are measured in ``territory.measures``.
"""
