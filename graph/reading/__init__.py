"""Reading: one question, one data version, one stamp, and nothing that the caller may not see.

In reading order: `answer` says what comes back, `graph` asks, `snapshot` keeps one data version,
`viewer` and `masking` withhold, `names`, `areas` and `places` say what and where things are, `nodes`
looks around, `place_questions` describes a place, `wiring` puts it all together from the settings.
`search/` finds things by what people type, `scoped/` makes copies that hold one area, `adhoc/` runs the
caller's own Cypher.
"""
