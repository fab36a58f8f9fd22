#ifndef STAFFROOM_TESTS_INTEGRATION_COMMUNITY_H_
#define STAFFROOM_TESTS_INTEGRATION_COMMUNITY_H_

#include <compare>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "staffroom/v1/import_record.pb.h"
#include "staffroom/v1/vocabulary.pb.h"

// A second opinion on what a store that took in some ImportRecords must know, made from the records by plain loops and from
// the contract's words alone. It shares no line with the service, so that a mistake has to be made twice to go unnoticed;
// it is slow, and made for communities of hundreds.
namespace staffroom {

// A thing of any kind, by the caller's id.
struct Thing {
  v1::ItemKind::Value kind = v1::ItemKind::ITEM_KIND_UNSPECIFIED;
  std::string id;
  friend auto operator<=>(const Thing&, const Thing&) = default;
};
inline Thing AccountThing(const std::string& id) { return {v1::ItemKind::ACCOUNT, id}; }
inline Thing PostThing(const std::string& id) { return {v1::ItemKind::POST, id}; }
inline Thing ResourceThing(const std::string& id) { return {v1::ItemKind::RESOURCE, id}; }
// `account ada`, for complaints.
std::string Describe(const Thing& thing);

// Something that stands (a state kind) or happened (an event kind).
struct Act {
  std::string actor;
  v1::Interaction::Kind kind = v1::Interaction::KIND_UNSPECIFIED;
  Thing target;
  absl::Time time;
};

bool IsStateKind(v1::Interaction::Kind kind);

class Community {
 public:
  // `records` in the order of their arrival; `imported` is the time of those that give none.
  Community(absl::Span<const v1::ImportRecord> records, absl::Time imported);

  // Null for what was never written, stubs included.
  const v1::Account* FindAccount(const std::string& id) const;
  const v1::Post* FindPost(const std::string& id) const;
  const v1::Resource* FindResource(const std::string& id) const;
  const std::map<std::string, v1::Account>& accounts() const { return accounts_; }
  const std::map<std::string, v1::Post>& posts() const { return posts_; }
  const std::map<std::string, v1::Resource>& resources() const { return resources_; }

  // Whether the interaction of this key stands, of an event kind: whether it ever happened.
  bool Did(const std::string& actor, v1::Interaction::Kind kind, const Thing& target) const;
  // When a state that does not stand was taken back.
  absl::optional<absl::Time> TakenBack(const std::string& actor, v1::Interaction::Kind kind, const Thing& target) const;
  // All that stands or happened.
  const std::vector<Act>& ActsBy(const std::string& actor) const;
  const std::vector<Act>& ActsAt(const Thing& target) const;

 private:
  // (actor, kind, target) of a state kind.
  using StateKey = std::tuple<std::string, v1::Interaction::Kind, Thing>;
  struct State {
    absl::Time time;
    bool deleted = false;
  };
  // The caller's event_id, or else actor, kind, target and time.
  using EventKey = std::tuple<std::string, std::string, v1::Interaction::Kind, Thing, absl::Time>;

  void Take(const v1::Account& account);
  void Take(const v1::Interaction& interaction, absl::Time time, bool deleted);
  void IndexActs();

  std::map<std::string, v1::Account> accounts_;
  std::map<std::string, v1::Post> posts_;
  std::map<std::string, v1::Resource> resources_;
  std::map<StateKey, State> states_;
  std::map<EventKey, Act> events_;
  std::map<std::string, std::vector<Act>> acts_by_;
  std::map<Thing, std::vector<Act>> acts_at_;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_COMMUNITY_H_
