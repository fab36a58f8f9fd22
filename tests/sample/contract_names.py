"""The contract as the sample uses it: enum names, what may target what, how ids and times look."""
import re

ENUMS = {
    "exposure": {"EVERYBODY", "FRIENDS_OF_FRIENDS", "MY_ORGANIZATIONS", "NOBODY"},
    "follows_visibility": {"VISIBLE", "HIDDEN"},
    "profiling": {"ON", "OFF"},
    "audience": {"PUBLIC", "FOLLOWERS", "MY_ORGANIZATIONS"},
    "grade_bands": {"EARLY_CHILDHOOD", "PRIMARY", "LOWER_SECONDARY", "UPPER_SECONDARY",
                    "POST_SECONDARY", "HIGHER", "ADULT"},
}
ACCOUNT_KINDS = {"TEACHER", "ORGANIZATION", "NETWORK"}
RESOURCE_KINDS = {"LESSON_PLAN", "ARTICLE", "VIDEO", "PODCAST", "BOOK", "THREAD", "COURSE", "TOOL",
                  "EVENT"}
CHANNEL_KINDS = {"MICROBLOG", "PINBOARD", "BLOG", "PODCAST", "VIDEO", "SPEAKING", "NEWSLETTER",
                 "OTHER"}
ANY, THINGS = {"account_id", "post_id", "resource_id"}, {"post_id", "resource_id"}
TARGETS = {**dict.fromkeys(("FOLLOW", "BLOCK", "MUTE", "JOIN", "MENTOR_REQUEST", "MENTOR_ACCEPT"),
                           {"account_id"}),
           **dict.fromkeys(("LIKE", "SAVE", "READ", "SHARE"), THINGS),
           **dict.fromkeys(("DISMISS", "REPORT", "IMPRESSION", "CLICK", "VIEW"), ANY),
           "REPLY": {"account_id", "post_id"}}
EVENTS = {"IMPRESSION", "CLICK", "VIEW", "READ", "SHARE", "REPLY"}  # these may happen again
TIME = re.compile(r"2026-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
URL = re.compile(r"https://([a-z0-9-]+\.)*example\.(org|com)/")  # the only hosts a sample may name
