"""Who reads: signed in with Google, vouched for by Google's Identity-Aware Proxy, or a script with a token.

    accounts      the one rule: may this account read?                       pure
    secret_files  keys and tokens in files that nobody else may read
    openid        signing in and out with an OpenID provider
    iap           the proxy's signed header
    proofs        the secrets of hooks, and what our forms carry
    guard         asks one of them before every request

Knows nothing of OKRs, and keeps nothing but a signed cookie. What people see is `templates/error.html`.
"""

from flask import Flask

from sync.config.access import AccessSettings
from sync.config.secrets import SecretError
from webapp.sign_in.accounts import Account
from webapp.sign_in.guard import Guard, has_token, is_let_in, let_in, may_see_names, reader_address, reader_name
from webapp.sign_in.iap import Iap, SigningKeys
from webapp.sign_in.openid import SignIn
from webapp.sign_in.proofs import Proofs
from webapp.sign_in.secret_files import read_token

__all__ = [
    "Account",
    "Proofs",
    "SecretError",
    "add_sign_in",
    "has_token",
    "is_let_in",
    "let_in",
    "may_see_names",
    "reader_address",
    "reader_name",
]


def add_sign_in(app: Flask, access: AccessSettings) -> None:
    """Let only those read whom the settings name. Raises SecretError where a file of theirs cannot be used."""
    if access.sign_in:
        identity = SignIn(app, access.sign_in, access.readers, secure=bool(access.names)).account
    elif access.iap:
        identity = Iap(access.iap, SigningKeys(access.iap.keys)).account
    else:
        return
    token = read_token(access.token) if access.token else b""
    app.before_request(Guard(identity, access.readers, token))
