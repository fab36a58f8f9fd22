#ifndef STAFFROOM_TESTS_SUPPORT_WORLD_H_
#define STAFFROOM_TESTS_SUPPORT_WORLD_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "service/engine/change.h"
#include "service/recommend/item.h"
#include "service/views/views.h"
#include "storage/records.pb.h"

// A community for tests of what reads views, written down as one would tell it: who there is, what there is, who did what.
// It goes straight into Views as changes, in the order told, without an engine and without a disk; ids that are not there
// yet become stubs, as create_stubs would have it.
//
//   World world;
//   world.Put(AccountSpec{.id = "ana", .interests = {"fractions"}});
//   world.Put(AccountSpec{.id = "ben"});
//   world.Follow("ana", "ben");
//   world.Read([&](const ReadView& view) { … });
namespace staffroom {

// When every world is looked at.
absl::Time WorldNow();

struct AccountSpec {
  std::string id;
  storage::AccountKind kind = storage::TEACHER;
  std::string display_name = "";
  std::vector<std::string> interests = {};
  std::vector<std::string> subjects = {};
  std::vector<int> grade_bands = {};
  std::vector<std::string> languages = {};
  std::string region = "";
  std::vector<std::string> tags = {};
  storage::Exposure exposure = storage::EVERYBODY;
  bool follows_hidden = false;
  bool profiling_off = false;
  storage::State state = storage::ACTIVE;
  bool mentors = false;
  std::vector<std::string> mentor_topics = {};
  int weekly_capacity = 1;
  absl::Duration created_ago = absl::Hours(24 * 100);
  absl::Duration updated_ago = absl::Hours(24 * 100);
  std::vector<float> vector = {};  // any length of at most kWorldDimensions, any norm; empty = its texts say nothing
};

// Exposure NOBODY and follows hidden: contributes to nothing that others see.
AccountSpec Quiet(AccountSpec spec);

struct PostSpec {
  std::string id;
  std::string author;
  std::vector<std::string> tags = {};
  std::vector<std::string> resources = {};
  storage::Audience audience = storage::PUBLIC;
  storage::State state = storage::ACTIVE;
  absl::Duration ago = absl::Hours(24);
  std::vector<float> vector = {};
};

struct ResourceSpec {
  std::string id;
  std::string title = "";
  int kind = 2;
  std::string author = "";
  std::string publisher = "";
  std::vector<std::string> subjects = {};
  std::vector<int> grade_bands = {};
  std::vector<std::string> languages = {};
  std::vector<std::string> tags = {};
  int minutes = 0;
  storage::State state = storage::ACTIVE;
  absl::Duration ago = absl::Hours(24 * 100);
  std::vector<float> vector = {};
};

// One act of an actor on an item; `undone`: the deletion of a state (FOLLOW, LIKE, …), which leaves a tombstone.
struct Deed {
  std::string actor;
  storage::InteractionKind kind = storage::INTERACTION_KIND_UNSPECIFIED;
  ItemRef target;
  absl::Duration ago = absl::Hours(24);
  bool attributed = false;
  bool undone = false;
};

using Told = std::variant<AccountSpec, PostSpec, ResourceSpec, Deed>;

ItemRef AccountRef(absl::string_view id);
ItemRef PostRef(absl::string_view id);
ItemRef ResourceRef(absl::string_view id);

inline constexpr int kWorldDimensions = 8;

// How a world's vectors are searched.
enum class WorldIndex {
  kExact,   // everything scanned
  kWalked,  // segments of a few dozen rows, with poor graphs that are walked; built inline after each change
};

// Not thread-safe.
class World {
 public:
  World() : World(WorldIndex::kExact) {}
  explicit World(WorldIndex index);

  void Put(const AccountSpec& spec);
  void Put(const PostSpec& spec);
  void Put(const ResourceSpec& spec);
  void Do(const Deed& deed);
  void Tell(const Told& told);

  void Follow(absl::string_view follower, absl::string_view followed);
  void Unfollow(absl::string_view follower, absl::string_view followed, absl::Duration ago);
  void Join(absl::string_view member, absl::string_view organization);
  void Block(absl::string_view actor, absl::string_view blocked);
  void Mute(absl::string_view actor, absl::string_view muted);
  void Reply(absl::string_view actor, const ItemRef& target);
  void Like(absl::string_view actor, const ItemRef& target);
  void Save(absl::string_view actor, const ItemRef& target);
  void ReadThrough(absl::string_view actor, const ItemRef& target);  // READ
  void See(absl::string_view actor, const ItemRef& target);          // IMPRESSION

  // What DeleteAccount leaves in the views: the account, its posts and every interaction from or to it are gone.
  void Erase(absl::string_view account);

  // Only the first half of that: the record is gone, the rest waits for its purge.
  void EraseRecord(absl::string_view account);

  void Read(absl::FunctionRef<void(const ReadView&)> read) const { views_->Read(read); }

 private:
  using Key = std::tuple<uint32_t, int, int, uint32_t, uint64_t>;  // actor, kind, target kind, target, occurrence

  uint32_t Number(storage::ItemKind kind, absl::string_view id);  // a stub when new
  uint32_t NumberOrNone(storage::ItemKind kind, absl::string_view id);
  void Apply(std::vector<Change> changes);
  void PutVector(storage::ItemKind kind, uint32_t ordinal, const std::vector<float>& vector, storage::TextField field);

  const WorldIndex index_;
  std::unique_ptr<Views> views_;
  std::map<std::pair<int, std::string>, uint32_t> numbers_;
  std::map<uint32_t, uint32_t> post_authors_, resource_authors_;
  std::map<Key, storage::InteractionRecord> interactions_;
  std::map<int, uint32_t> last_number_;
  uint64_t revision_ = 0;
  uint64_t occurrences_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_WORLD_H_
