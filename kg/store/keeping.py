"""A store as a copy in another folder, and back; what the user has decided beside it goes along."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, StoreError
from kg.store.local import MARKER, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.backend import Backend

_PARTS = "kg-*"  # files of ours in the folder of a store
_BESIDE = ".csv"  # decisions, in files that begin with the name of the store


def backup(backend: Backend, target: Path) -> None:
    """Copy a store as it is now; the copy is there whole, or not at all.

    Raises:
        StoreError: something is there already, or it cannot be written.
    """
    if target.exists():
        raise StoreError(str(target), "is there already", "give a new name; a backup never replaces another")
    source, draft = Path(backend.where), target.with_name(f".{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        backend.backup(draft)
        for part in source.glob(_PARTS):
            shutil.copy2(part, draft)
        draft.replace(target)
        _copy_beside(source, target)
    except OSError as error:
        raise _fault(target, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def restore(source: Path, target: Path) -> list[Path]:
    """Make a store of a backup; give the decisions beside the target that were there and were kept.

    Raises:
        InputError: the source is no store.
        StoreError: something is there already, or it cannot be written.
    """
    check(source)
    if not (source / MARKER).exists():
        raise InputError(str(source), "no backup of a store here", "give the folder that kg backup made")
    if target.exists() and any(target.iterdir() if target.is_dir() else [target]):
        remedy = "move it away, or restore to another name (--store)"
        raise StoreError(str(target), "something is there already, which restoring would replace", remedy)
    draft = target.with_name(f".{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        shutil.copytree(source, draft)
        if target.exists():
            target.rmdir()
        draft.replace(target)
        return _copy_beside(source, target)
    except OSError as error:
        raise _fault(target, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy_beside(source: Path, target: Path) -> list[Path]:
    """Copy the files of decisions that lie beside a store; give those that were there, which stay."""
    kept = []
    for file in _beside(source):
        copy = target.with_name(target.name + file.name.removeprefix(source.name))
        if not copy.exists():
            shutil.copy2(file, copy)
        elif copy.read_bytes() != file.read_bytes():
            kept.append(copy)
    return kept


def _beside(store: Path) -> Iterator[Path]:
    for file in sorted(store.parent.iterdir()):
        if file.name.startswith(f"{store.name}.") and file.name.endswith(_BESIDE):
            yield file


def _fault(target: Path, error: OSError) -> StoreError:
    return StoreError(str(target), f"cannot be written ({error})", "check the path, your rights and the free space")
