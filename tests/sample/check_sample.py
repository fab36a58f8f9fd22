#!/usr/bin/env python3
"""check_sample.py DIR: prints `file:line: error` for the sample community, exits 1 if any.
It is imported in file order, so a record may only name what stands above it."""
import json
import os
import re
import sys
from collections import Counter

from contract_names import (ACCOUNT_KINDS, CHANNEL_KINDS, ENUMS, EVENTS, RESOURCE_KINDS, SLUG,
                            TARGETS, TIME, URL)

FILES = ("1-accounts.jsonl", "2-resources.jsonl", "3-posts.jsonl", "4-interactions.jsonl")
RECORDS = ({"account"}, {"resource"}, {"post"}, {"interaction", "deleted_interaction"})
LEAST = {"TEACHER": 64, "organizations": 8, "resource": 155, "post": 410, "replies": 80,
         "interaction": 1800, "FOLLOW": 700}
FIRST_DAY, LAST_DAY = "2026-03-01", "2026-11-15"
RUN_WORDS = 8
VISIBLE_TEACHER = {"kind": "TEACHER", "exposure": "EVERYBODY", "follows_visibility": "VISIBLE",
                   "profiling": "ON"}


class Checker:
    def __init__(self):
        self.errors, self.place, self.counts = [], "", Counter()
        self.things = {"account": {}, "resource": {}, "post": {}}  # id -> the record
        self.runs = {}   # eight words in a row -> id of the post that has them
        self.edges = {}  # key of an interaction -> its time

    def expect(self, holds, error):
        if not holds:
            self.errors.append(f"{self.place}: {error}")

    def know(self, kind, identifier):
        self.expect(identifier in self.things[kind], f"no {kind} '{identifier}' above this line")
        return self.things[kind].get(identifier, {})

    def time(self, record, field, *, after=""):
        value = str(record.get(field, ""))
        self.expect(TIME.match(value), f"{field} '{value}' is not a time like 2026-09-14T18:05:00Z")
        self.expect(FIRST_DAY <= value[:10] <= LAST_DAY, f"{field} {value} is out of range")
        self.expect(value > after, f"{field} {value} is not after {after}, which it builds on")

    def enums(self, record, kinds):
        self.expect(record.get("kind", "") in kinds, f"unknown kind '{record.get('kind')}'")
        for field in ENUMS.keys() & record.keys():
            values = record[field] if isinstance(record[field], list) else [record[field]]
            self.expect(set(values) <= ENUMS[field], f"unknown {field} in {values}")

    def add(self, kind, record):
        name, known = record.get("id", ""), self.things[kind]
        self.expect(SLUG.match(name), f"id '{name}' is not a plain slug")
        self.expect(name not in known, f"{kind} id '{name}' comes twice")
        known[name] = record
        self.counts[kind] += 1

    def account(self, account):
        self.enums(account, ACCOUNT_KINDS)
        self.counts["TEACHER" if account.get("kind") == "TEACHER" else "organizations"] += 1
        if "create_time" in account:
            self.time(account, "create_time")
        for channel in account.get("channels", []):
            self.expect(channel.get("kind") in CHANNEL_KINDS, "unknown kind of channel")
            self.expect(URL.match(channel.get("url", "")), "url must be under example.org")
            self.expect(channel.get("audience", "").isdigit(), "audience is a string of digits")
        self.add("account", account)

    def resource(self, resource):
        self.enums(resource, RESOURCE_KINDS)
        self.expect(resource.get("title") and resource.get("summary"), "title or summary missing")
        self.expect(URL.match(resource.get("url", "")), "url must be under example.org")
        for field in {"author_id", "publisher_id"} & resource.keys():
            self.know("account", resource[field])
        self.time(resource, "publish_time")
        self.add("resource", resource)

    def post(self, post):
        self.enums({"kind": "", **post}, {""})
        times = [self.know("resource", r).get("publish_time", "")
                 for r in post.get("resource_ids", [])]
        times.append(self.know("account", post.get("author_id")).get("create_time", ""))
        if "in_reply_to" in post:
            parent = self.know("post", post["in_reply_to"])
            times.append(parent.get("create_time", ""))
            same = post.get("conversation_id") == parent.get("conversation_id")
            self.expect(same, "a reply leaves its parent's conversation")
            self.counts["replies"] += 1
        self.time(post, "create_time", after=max(times))
        words = re.findall(r"\w+", post.get("text", "").lower())
        for i in range(len(words) - RUN_WORDS + 1):
            run = " ".join(words[i:i + RUN_WORDS])
            first = self.runs.setdefault(run, post["id"])
            self.expect(first == post["id"], f"'{run}' stands in {first} too")
        self.add("post", post)

    def interaction(self, record, *, deleted=False):
        self.enums(record, TARGETS)
        kind, actor = record.get("kind"), record.get("actor_id")
        targets = [f for f in ("account_id", "post_id", "resource_id") if f in record]
        fits = len(targets) == 1 and targets[0] in TARGETS.get(kind, set())
        self.expect(fits, f"{kind} may not target {targets}")
        actor_time = self.know("account", actor).get("create_time", "")
        for field in targets:
            target = self.know(field[:-3], record[field])
            key = (actor, kind, field, record[field], kind in EVENTS and record.get("event_time"))
            born = target.get("create_time", target.get("publish_time", ""))
            self.expect((field, record[field]) != ("account_id", actor), f"{kind} of oneself")
            self.expect(kind != "JOIN" or target.get("kind") != "TEACHER", "JOIN of a teacher")
            self.expect((key in self.edges) == deleted, "comes twice, or deletes what is not there")
            self.time(record, "event_time", after=max(actor_time, born, self.edges.get(key, "")))
            self.edges[key] = record.get("event_time", "")
        self.counts.update(["deleted_interaction"] if deleted else ["interaction", kind])

    def deleted_interaction(self, record):
        self.interaction(record, deleted=True)

    def file(self, path, allowed):
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                self.place = f"{path}:{number}"
                try:
                    ((name, record),) = json.loads(line).items()
                except (ValueError, AttributeError) as error:
                    name = f"line that is no JSON record ({error})"
                self.expect(name in allowed, f"a {name} does not belong in this file")
                if name in allowed:
                    getattr(self, name)(record)

    def whole(self, directory):
        """What no single line can show: the README's teacher, and the size of the community."""
        self.place = f"{os.path.join(directory, FILES[0])}:1"
        first = next(iter(self.things["account"].values()), {})
        self.expect(VISIBLE_TEACHER.items() <= first.items(), f"first must be {VISIBLE_TEACHER}")
        own = {key[1] for key in self.edges if key[0] == first.get("id")}
        self.expect({"FOLLOW", "SAVE"} <= own, "the first account needs a FOLLOW and a SAVE")
        for name, least in LEAST.items():
            self.expect(self.counts[name] >= least, f"{self.counts[name]} {name}, not {least}")


def main():
    directory, checker = sys.argv[1], Checker()
    for name, allowed in zip(FILES, RECORDS):
        checker.file(os.path.join(directory, name), allowed)
    checker.whole(directory)
    print("\n".join(checker.errors + [f"{name} {n}" for name, n in checker.counts.items()]))
    return 1 if checker.errors else 0


if __name__ == "__main__":
    sys.exit(main())
