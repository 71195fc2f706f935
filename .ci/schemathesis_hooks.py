"""Adapts schemathesis to these contracts. DECISIONS.md explains the reasons."""

from urllib.parse import urlencode

import schemathesis


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Limits the decimals of the generated numbers. The contracts do so with an extension that only the services know."""
    limit_decimals(raw_schema)


def limit_decimals(node):
    if isinstance(node, dict):
        if isinstance(node.get("x-fraction-digits"), int):
            node["multipleOf"] = 10 ** -node["x-fraction-digits"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            limit_decimals(child)


@schemathesis.hook
def filter_case(context, case):
    """Skips cases with the entity tag 0, which the coverage phase considers valid although the pattern rejects it. Also skips
    requests whose URL is too long for the HTTP server, which returns 414 before an operation handles them."""
    headers = case.headers or {}
    return (
        headers.get("If-Match") != "0"
        and headers.get("If-None-Match") != "0"
        and len(urlencode(case.query or {}, doseq=True)) < 3000
    )
