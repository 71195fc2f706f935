"""What schemathesis has to be told about these contracts. DECISIONS.md has the reasons."""

import schemathesis


@schemathesis.hook
def filter_case(context, case):
    """Leaves out 0 as an entity tag, which the coverage phase takes for valid although the pattern refuses it."""
    headers = case.headers or {}
    return headers.get("If-Match") != "0" and headers.get("If-None-Match") != "0"
