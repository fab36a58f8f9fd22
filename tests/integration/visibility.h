#ifndef STAFFROOM_TESTS_INTEGRATION_VISIBILITY_H_
#define STAFFROOM_TESTS_INTEGRATION_VISIBILITY_H_

#include <string>
#include <vector>

#include "tests/integration/community.h"

// Who may be seen by whom, read off the contract's table of exposures (account.proto, post.proto, resource.proto) and its
// rules of blocks, mutes and moderation. An empty viewer is a visitor without an account.
namespace staffroom {

// Never shown and hides its follows: contributes to nothing that others see. Stubs are not quiet.
bool IsQuiet(const Community& community, const std::string& account);
bool HidesFollows(const Community& community, const std::string& account);
// Whether anything may be derived from what the account says and does.
bool IsProfiled(const Community& community, const std::string& account);

bool Follows(const Community& community, const std::string& follower, const std::string& followed);
// The organizations and networks both belong to, as far as they open anything.
std::vector<std::string> SharedOrganizations(const Community& community, const std::string& a, const std::string& b);
// A BLOCK or REPORT in either direction; a REPORT of a post or resource counts as one of its author.
bool AreApart(const Community& community, const std::string& a, const std::string& b);

// The accounts behind a thing: itself, its author, or its author and publisher.
std::vector<std::string> OwnersOf(const Community& community, const Thing& thing);

// The contract's MayBeShown, and nothing else.
bool MayBeShown(const Community& community, const std::string& viewer, const Thing& thing);

// Everything that keeps a thing from an answer to the viewer, whatever the answer is about: "unknown", "exposure", "state",
// "block", "mute"; empty when nothing does.
std::vector<std::string> WhyHidden(const Community& community, const std::string& viewer, const Thing& thing);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_VISIBILITY_H_
