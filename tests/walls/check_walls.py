#!/usr/bin/env python3
"""Holds the walls of the house: who may include whom, how long a file may be, and a few habits.

  check_walls.py [ROOT]

Prints `path:line: error: what is wrong; remedy: what to do` for each finding and exits with 1 if there was any.
The edges are in allowed_edges.txt and the lengths that were let through in long_files.txt, both beside this file
(in ROOT/tests/walls). It reads text, not a build: it needs no compiler and takes a second.
"""
import os
import re
import sys
from pathlib import Path

TOPS = ("proto", "service", "embeddings", "storage", "tests", "deploy")
PUBLISHED = ("proto/google/", "proto/grpc/")  # taken as published: their words and lengths are not ours
SKIPPED = ("build", "__pycache__")
SOURCES = (".cc", ".h", ".proto", ".py", ".sh")
MAX_LINES = 400
BANNED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]')
IMPORT = re.compile(r'^\s*import\s+(?:public\s+|weak\s+)?"([^"]+)"')
GLOB = re.compile(r"\bfile\s*\(\s*GLOB", re.IGNORECASE)
# Headers and imports are named from where protoc is rooted, not from where the .proto lies.
GENERATED = {"staffroom/": "proto/staffroom/", "google/rpc/": "proto/google/rpc/", "grpc/health/": "proto/grpc/health/"}


def under(path, folder):
    return path == folder or path.startswith(folder + "/")


class Edges:
    """The allowed edges, as read from the list."""

    def __init__(self, text):
        self.folders, self.libraries = {}, {}
        for line in text.splitlines():
            line = line.split("#")[0].strip()
            if not line:
                continue
            left, arrow, right = line.partition("->")
            if not arrow:
                raise ValueError(f"not an edge: {line}")
            words = left.split()
            if words[0] == "library":
                self.libraries[words[1]] = right.split()
            else:
                self.folders[words[0]] = right.split()

    def folder_of(self, path):
        """The longest listed folder that holds `path`, or None."""
        return max((f for f in self.folders if under(path, f)), key=len, default=None)

    def allows(self, path, target):
        folder = self.folder_of(path)
        return under(target, folder) or any(under(target, to) for to in self.folders[folder])

    def library_of(self, header):
        return next((name for name in self.libraries if header.startswith(name) or header.endswith(name)), None)


def target_of(header):
    """The path in the repository that an include names, or None for a header from elsewhere."""
    for prefix, replacement in GENERATED.items():
        if header.startswith(prefix):
            return replacement + header[len(prefix):]
    return header if header.split("/")[0] in TOPS else None


def files_of(root):
    """Paths of the tree, relative and sorted, without what is built or hidden."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f == ".cmake" or not f.startswith(".") and f not in SKIPPED)
        here = Path(folder).relative_to(root).as_posix()
        for name in sorted(names):
            path = name if here == "." else f"{here}/{name}"
            if path.split("/")[0] in TOPS + (".cmake", "CMakeLists.txt"):
                yield path


def check_include(edges, paths, path, number, header):
    folder = edges.folder_of(path)
    if folder is None:
        if not path.startswith("proto/"):
            yield f"{path}:{number}: error: this folder is in no line of the list; remedy: add it to tests/walls/allowed_edges.txt"
        return
    if os.path.normpath(os.path.join(os.path.dirname(path), header)) in paths:
        yield f'{path}:{number}: error: "{header}" is not a path from the root; remedy: write it out'
        return
    library = edges.library_of(header)
    if library and not any(under(path, f) for f in edges.libraries[library]):
        yield (f"{path}:{number}: error: {folder} may not include {header}; remedy: only "
               f"{', '.join(edges.libraries[library])} may, so put it behind an interface there")
    target = target_of(header)
    if target and not edges.allows(path, target):
        wanted = edges.folder_of(target) or os.path.dirname(target)
        yield (f"{path}:{number}: error: {folder} may not include {wanted} ({header}); remedy: take what you need as an "
               f"argument or an interface of {folder}, or argue for a new edge in tests/walls/allowed_edges.txt")


def check_text(path, lines):
    """Habits that need only the text: words for later, and lists of files that CMake would guess."""
    is_cmake = path.endswith(("CMakeLists.txt", ".cmake"))
    for number, line in enumerate(lines, 1):
        if word := BANNED.search(line):
            yield f"{path}:{number}: error: {word.group()}; remedy: do it now, or write down what is so"
        if is_cmake and GLOB.search(line):
            yield f"{path}:{number}: error: a GLOB misses new files until the next configure; remedy: list the files"


def check_length(path, count, allowed):
    limit = allowed.get(path, MAX_LINES)
    if count > limit:
        yield f"{path}:{limit + 1}: error: {count} lines, {limit} allowed; remedy: split it by idea"
    elif path in allowed and count < limit:
        how = f"lower its number to {count}" if count > MAX_LINES else "remove its line"
        yield f"{path}:1: error: {count} lines now, {limit} listed; remedy: {how} in tests/walls/long_files.txt"


def check_readmes(paths):
    """Every folder with sources has a README.md of its own; tests/ and proto/ have one for all below them."""
    have = {os.path.dirname(p) for p in paths if p.endswith("/README.md")}
    needed = {p.split("/")[0] for p in paths if p.startswith(tuple(f"{top}/" for top in TOPS))}
    needed |= {os.path.dirname(p) for p in paths if p.endswith(SOURCES) and not p.startswith(("tests/", "proto/"))}
    for folder in sorted(needed - have):
        yield f"{folder}/README.md:1: error: missing; remedy: say what {folder} knows, whom it may call, what to read first"


def check_names(paths, allowed):
    for path in sorted(set(allowed) - set(paths)):
        yield f"tests/walls/long_files.txt:1: error: {path} is gone; remedy: remove its line"


def check(root):
    """All findings about the tree at `root`, as lines."""
    walls = Path(root) / "tests/walls"
    edges = Edges((walls / "allowed_edges.txt").read_text())
    listed = (line.split("#")[0].split() for line in (walls / "long_files.txt").read_text().splitlines())
    allowed = {words[0]: int(words[1]) for words in listed if words}
    paths = dict.fromkeys(files_of(root))
    findings = []
    for path in paths:
        is_source = path.endswith(SOURCES) and not path.startswith(PUBLISHED)
        if not is_source and not path.endswith(("CMakeLists.txt", ".cmake")):
            continue
        lines = (Path(root) / path).read_text(encoding="utf-8").splitlines()
        findings += check_text(path, lines)
        if not is_source:
            continue
        findings += check_length(path, len(lines), allowed)
        pattern = IMPORT if path.endswith(".proto") else INCLUDE if path.endswith((".cc", ".h")) else None
        for number, line in enumerate(lines, 1):
            if pattern and (found := pattern.match(line)):
                findings += check_include(edges, paths, path, number, found.group(1))
    return findings + list(check_readmes(paths)) + list(check_names(paths, allowed))


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    findings = check(root)
    print("\n".join(findings) if findings else "the walls stand")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
