"""Drive's permissions of one spreadsheet: listing, sharing, changing, taking back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from sync.local_sheets.book.book import Permission, Spreadsheet
from sync.local_sheets.calls.call import Call, method
from sync.local_sheets.drive.files import found, page, writable
from sync.local_sheets.errors import DriveError
from sync.local_sheets.protocol.fields import EVERYTHING, project
from sync.local_sheets.store import changes

_DEFAULT_FIELDS = dict.fromkeys(("kind", "id", "type", "role"), EVERYTHING)
_TYPES = ("user", "group", "domain", "anyone")
_ROLES = ("owner", "writer", "commenter", "reader")


def list_permissions(call: Call) -> dict[str, Any]:
    listed, more = page([permission_json(known) for known in found(call).permissions], call, 100)
    if call.mask is None:
        listed = [project(each, _DEFAULT_FIELDS) for each in listed]
    return call.shown({"kind": "drive#permissionList", **more, "permissions": listed})


def get(call: Call) -> dict[str, Any]:
    return _shown(_permission(found(call), call), call)


def create(call: Call) -> dict[str, Any]:
    """Sharing again with the same person gives the new role."""
    book = writable(call)
    kind, role = call.body.get("type", ""), call.body.get("role", "")
    name = call.body.get("domain" if kind == "domain" else "emailAddress", "")
    if kind not in _TYPES:
        raise DriveError(400, "required", "The permission type field is required.", "permission.type")
    if kind in ("user", "group") and "@" not in name:
        text = "The specified emailAddress is invalid or not applicable for the given permission type."
        raise DriveError(400, "invalid", text, "permission.emailAddress")
    if kind == "domain" and not name:
        raise DriveError(400, "invalid", "The specified domain is invalid or not applicable.", "permission.domain")
    email = "" if kind == "anyone" else name
    same = next((known for known in book.permissions if (known.type, known.email) == (kind, email)), None)
    if same is not None:
        return _granted(call, book, replace(same, role=_role(call, role, same)))
    return _granted(call, book, Permission(_id(kind, name), email, _role(call, role), kind))


def update(call: Call) -> dict[str, Any]:
    book = writable(call)
    known = _permission(book, call)
    role = _role(call, call.body.get("role", known.role), known)
    return _granted(call, book, replace(known, role=role, pending=call.body.get("pendingOwner", False)))


def delete(call: Call) -> None:
    book = writable(call)
    known = _permission(book, call)
    if known.role == "owner":
        raise DriveError(403, "cannotRemoveOwner", "The owner of a file cannot be removed.")
    call.change(changes.share([each for each in book.permissions if each is not known]))


def permission_json(known: Permission) -> dict[str, Any]:
    shown = {"kind": "drive#permission", "id": known.permission_id, "type": known.type, "role": known.role}
    if known.type == "anyone":
        return {**shown, "allowFileDiscovery": False}
    if known.type == "domain":
        return {**shown, "domain": known.email, "displayName": known.email, "allowFileDiscovery": False}
    person = {"emailAddress": known.email, "displayName": known.email.partition("@")[0]}
    return {**shown, **person, "deleted": False, "pendingOwner": known.pending}


def _granted(call: Call, book: Spreadsheet, made: Permission) -> dict[str, Any]:
    """A spreadsheet has one owner: who was it before may write from now on."""
    others = [known for known in book.permissions if known.permission_id != made.permission_id]
    if made.role == "owner":
        others = [replace(known, role="writer") if known.role == "owner" else known for known in others]
    kept = {known.permission_id: known for known in [*others, made]}
    in_order = [known.permission_id for known in book.permissions if known.permission_id in kept]
    listed = [kept[each] for each in dict.fromkeys([*in_order, made.permission_id])]
    call.change(changes.share(listed))
    return _shown(made, call)


def _role(call: Call, role: str, known: Permission | None = None) -> str:
    if role not in _ROLES:
        raise DriveError(400, "required", "The permission role field is required.", "permission.role")
    if role == "owner" and not call.query.get("transferOwnership") and not (known and known.role == "owner"):
        text = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
        raise DriveError(403, "forbidden", text, "transferOwnership")
    if known is not None and known.role == "owner" and role != "owner":
        raise DriveError(403, "forbidden", "A file must have an owner.", "permission.role")
    return role


def _permission(book: Spreadsheet, call: Call) -> Permission:
    permission_id = call.named["permissionId"]
    for known in book.permissions:
        if known.permission_id == permission_id:
            return known
    raise DriveError(404, "notFound", f"Permission not found: {permission_id}.", "permissionId")


def _id(kind: str, name: str) -> str:
    """The same for the same person everywhere, as Drive's are."""
    if kind == "anyone":
        return "anyoneWithLink"
    return f"{int(hashlib.sha256(f'{kind} {name}'.encode()).hexdigest(), 16) % 10**20:020d}"


def _shown(known: Permission, call: Call) -> dict[str, Any]:
    shown: dict[str, Any] = project(permission_json(known), _DEFAULT_FIELDS if call.mask is None else call.mask)
    return shown


METHODS = [
    method("drive.permissions.list", "other", list_permissions),
    method("drive.permissions.get", "other", get),
    method("drive.permissions.create", "other", create),
    method("drive.permissions.update", "other", update),
    method("drive.permissions.delete", "other", delete),
]
