#ifndef STAFFROOM_TESTS_RECOMMEND_TOLD_WORLD_H_
#define STAFFROOM_TESTS_RECOMMEND_TOLD_WORLD_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/support/world.h"

// Random communities, as a story that can be told with or without somebody.
namespace staffroom {

struct Story {
  std::vector<Told> told;
  std::vector<std::string> accounts;  // all that get an object, in the order of their first mention
  std::vector<std::string> posts, resources;
};

// About 14 accounts, 10 resources, 14 posts and 180 deeds, from few words, few vectors and few moments, so that ties and
// coincidences are common. Events may be told before their objects. The first account, `quiet`, is quiet from its last
// mention on (it may have been visible before); everything else is free.
Story RandomStory(uint32_t seed);

// The story without that account: what it was, wrote or published, what it did, and what was done to it or its things.
std::vector<Told> Without(const Story& story, const std::string& account);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_RECOMMEND_TOLD_WORLD_H_
