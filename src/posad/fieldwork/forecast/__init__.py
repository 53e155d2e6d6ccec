"""The field before it begins: rehearsed by respondents who come through the site's own door, and forecast on its quota plan.

``visiting`` is one respondent with a browser, ``rehearsing`` many of them at once; ``arrivals`` are the people panels send by the
hour, ``forecasting`` the days, jams and waste that follow for a quota plan. A rehearsal uses the network, a forecast does not.
"""
