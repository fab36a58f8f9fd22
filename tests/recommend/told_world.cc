#include "tests/recommend/told_world.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"

namespace staffroom {
namespace {

class Teller {
 public:
  explicit Teller(uint32_t seed) : random_(seed) {}

  Story Tell() {
    for (int i = 0; i < 14; ++i) story_.accounts.push_back(i == 0 ? "quiet" : absl::StrCat("a", Below(1000), "-", i));
    for (int i = 0; i < 14; ++i) story_.posts.push_back(absl::StrCat("p", Below(1000), "-", i));
    for (int i = 0; i < 10; ++i) story_.resources.push_back(absl::StrCat("r", Below(1000), "-", i));
    std::vector<Told> told;
    for (const std::string& id : story_.accounts) told.push_back(Account(id));
    for (const std::string& id : story_.posts) told.push_back(Post(id));
    for (const std::string& id : story_.resources) told.push_back(Resource(id));
    for (int i = 0; i < 180; ++i) told.push_back(SomeDeed());
    std::shuffle(told.begin(), told.end(), random_);
    told.push_back(Quiet(Account("quiet")));
    if (Below(2) == 0) {  // life goes on afterwards
      for (int i = 0; i < 20; ++i) told.push_back(SomeDeed());
    }
    story_.told = std::move(told);
    return std::move(story_);
  }

 private:
  int Below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
  bool OneIn(int n) { return Below(n) == 0; }
  template <typename Value>
  const Value& Of(const std::vector<Value>& values) {
    return values[static_cast<size_t>(Below(static_cast<int>(values.size())))];
  }

  std::vector<std::string> Words(int most) {
    static const auto& words = *new std::vector<std::string>{"fractions", "Phonics", "robots", "poetry", "maps"};
    std::set<std::string> some;
    for (int i = Below(most + 1); i > 0; --i) some.insert(Of(words));
    return {some.begin(), some.end()};
  }
  std::vector<float> Vector() {
    if (OneIn(4)) return {};
    std::vector<float> vector(3);
    for (float& value : vector) value = static_cast<float>(Below(3));
    return vector;
  }
  absl::Duration Ago() { return absl::Hours(24 * (OneIn(5) ? 500 : 1 + 40 * Below(3))); }

  AccountSpec Account(const std::string& id) {
    AccountSpec spec;
    spec.id = id;
    spec.kind = OneIn(5) ? storage::ORGANIZATION : storage::TEACHER;
    spec.interests = Words(3);
    spec.subjects = Words(2);
    spec.tags = Words(1);
    spec.grade_bands = {1 + Below(3)};
    if (OneIn(2)) spec.languages = {OneIn(2) ? "en" : "es-MX"};
    if (OneIn(2)) spec.region = OneIn(2) ? "GB-SCT" : "GB";
    spec.exposure = static_cast<storage::Exposure>(OneIn(2) ? 1 : 1 + Below(4));
    spec.follows_hidden = OneIn(5);
    spec.profiling_off = OneIn(8);
    spec.state = OneIn(12) ? storage::SUSPENDED : storage::ACTIVE;
    spec.mentors = OneIn(4);
    spec.mentor_topics = Words(2);
    spec.created_ago = Ago();
    spec.updated_ago = Ago();
    spec.vector = Vector();
    return spec;
  }
  PostSpec Post(const std::string& id) {
    PostSpec spec;
    spec.id = id;
    spec.author = Of(story_.accounts);
    spec.tags = Words(2);
    if (OneIn(2)) spec.resources = {Of(story_.resources)};
    spec.audience = static_cast<storage::Audience>(OneIn(2) ? 1 : 1 + Below(3));
    spec.ago = Ago();
    spec.vector = Vector();
    return spec;
  }
  ResourceSpec Resource(const std::string& id) {
    ResourceSpec spec;
    spec.id = id;
    spec.title = absl::StrCat("About ", id);
    if (OneIn(2)) spec.author = Of(story_.accounts);
    if (OneIn(4)) spec.publisher = Of(story_.accounts);
    // Whether a thing that somebody wrote and the quiet account publishes would exist without it, nobody can say.
    if (spec.publisher == "quiet") spec.author.clear();
    spec.subjects = Words(2);
    spec.grade_bands = {1 + Below(3)};
    spec.tags = Words(2);
    spec.ago = Ago();
    spec.vector = Vector();
    return spec;
  }
  Deed SomeDeed() {
    using storage::InteractionKind;
    static const auto& kinds = *new std::vector<InteractionKind>{
        storage::FOLLOW, storage::FOLLOW, storage::FOLLOW, storage::FOLLOW,  storage::JOIN,         storage::JOIN,
        storage::LIKE,   storage::LIKE,   storage::SAVE,   storage::SAVE,    storage::READ,         storage::READ,
        storage::REPLY,  storage::REPLY,  storage::SHARE,  storage::VIEW,    storage::CLICK,        storage::IMPRESSION,
        storage::BLOCK,  storage::MUTE,   storage::REPORT, storage::DISMISS, storage::MENTOR_ACCEPT};
    Deed deed;
    deed.kind = Of(kinds);
    deed.actor = Of(story_.accounts);
    do {
      deed.target = Target(deed.kind);
    } while (deed.target.id == deed.actor);
    // Accepting a mentee is a visible act, outside the promise.
    if (deed.kind == storage::MENTOR_ACCEPT && (deed.actor == "quiet" || deed.target.id == "quiet"))
      deed.kind = storage::FOLLOW;
    deed.ago = Ago();
    deed.attributed = OneIn(6);
    deed.undone = OneIn(8) && deed.kind < storage::IMPRESSION;
    return deed;
  }
  ItemRef Target(storage::InteractionKind kind) {
    const bool account_only = kind == storage::FOLLOW || kind == storage::JOIN || kind == storage::BLOCK ||
                              kind == storage::MUTE || kind == storage::MENTOR_ACCEPT;
    const bool account_too = kind == storage::REPORT || kind == storage::DISMISS || kind == storage::IMPRESSION ||
                             kind == storage::CLICK || kind == storage::VIEW || kind == storage::REPLY;
    if (account_only || (account_too && OneIn(3))) return AccountRef(Of(story_.accounts));
    return kind == storage::REPLY || OneIn(3) ? PostRef(Of(story_.posts)) : ResourceRef(Of(story_.resources));
  }

  std::mt19937 random_;
  Story story_;
};

}  // namespace

Story RandomStory(uint32_t seed) { return Teller(seed).Tell(); }

std::vector<Told> Without(const Story& story, const std::string& account) {
  std::set<std::pair<int, std::string>> gone = {{storage::ITEM_ACCOUNT, account}};
  for (const Told& told : story.told) {
    if (const auto* post = std::get_if<PostSpec>(&told); post != nullptr && post->author == account) {
      gone.insert({storage::ITEM_POST, post->id});
    }
    if (const auto* resource = std::get_if<ResourceSpec>(&told);
        resource != nullptr && (resource->author == account || resource->publisher == account)) {
      gone.insert({storage::ITEM_RESOURCE, resource->id});
    }
  }
  std::vector<Told> kept;
  for (const Told& told : story.told) {
    if (const auto* spec = std::get_if<AccountSpec>(&told); spec != nullptr && spec->id == account) continue;
    if (const auto* deed = std::get_if<Deed>(&told)) {
      if (deed->actor == account || gone.count({deed->target.kind, deed->target.id}) > 0) continue;
    }
    if (const auto* resource = std::get_if<ResourceSpec>(&told)) {
      if (gone.count({storage::ITEM_RESOURCE, resource->id}) > 0) continue;
    }
    if (const auto* post = std::get_if<PostSpec>(&told)) {
      if (post->author == account) continue;
      PostSpec without = *post;
      without.resources.erase(
          std::remove_if(without.resources.begin(), without.resources.end(),
                         [&](const std::string& id) { return gone.count({storage::ITEM_RESOURCE, id}) > 0; }),
          without.resources.end());
      kept.push_back(without);
      continue;
    }
    kept.push_back(told);
  }
  return kept;
}

}  // namespace staffroom
