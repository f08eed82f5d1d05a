"""Projected tokens for HTTP requests, by the standard library alone."""

import urllib.request


# region: read
def read_token(path: str) -> str:
    """The token as it is now: the kubelet replaces the file while the program runs."""
    with open(path, encoding="ascii") as file:
        token = file.read().strip()
    if not token:
        raise ValueError(f"the token file {path} is empty")
    return token
# endregion


# region: call
def request_with_token(url: str, token_file: str) -> urllib.request.Request:
    """A request that carries the token, made anew for every call."""
    request = urllib.request.Request(url)
    # urllib sends all other headers on to wherever a redirect leads.
    request.add_unredirected_header("Authorization", f"Bearer {read_token(token_file)}")
    return request
# endregion
