#ifndef STAFFROOM_TESTS_RECOMMEND_PLAIN_MODEL_H_
#define STAFFROOM_TESTS_RECOMMEND_PLAIN_MODEL_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/world.h"

namespace staffroom {

// A story as a reader of the contract would keep it: names and sets, no views, no ordinals, nothing fast. What the product
// says is checked against this.
class PlainModel {
 public:
  using Edges = std::set<std::pair<std::string, std::string>>;

  explicit PlainModel(const std::vector<Told>& told);

  // MayBeShown, from the contract's table; viewer "" is a visitor.
  bool MayShowAccount(const std::string& viewer, const std::string& id) const;
  bool MayShowPost(const std::string& viewer, const std::string& id) const;
  bool MayShowResource(const std::string& viewer, const std::string& id) const;

  bool IsQuiet(const std::string& id) const;
  bool Contributes(const std::string& id) const;
  // A BLOCK, or a REPORT of the other or of something it wrote, one way or the other.
  bool Apart(const std::string& a, const std::string& b) const;
  bool Follows(const std::string& a, const std::string& b) const { return follows.count({a, b}) > 0; }
  bool Joined(const std::string& a, const std::string& b) const { return joins.count({a, b}) > 0; }
  // Whether `actor` answered `account` or one of its posts.
  bool Replied(const std::string& actor, const std::string& account) const;
  // Whether `actor` did one of these to the item.
  bool Did(const std::string& actor, const std::set<storage::InteractionKind>& kinds, const ItemRef& item) const;

  std::map<std::string, AccountSpec> accounts;
  std::map<std::string, PostSpec> posts;
  std::map<std::string, ResourceSpec> resources;
  Edges follows, joins, mutes;
  std::vector<Deed> deeds;  // that stand

 private:
  bool MayOpen(const std::string& id) const;  // what it does may let one see the other
  bool ShareJoin(const std::string& account, const std::string& viewer) const;
  std::string AuthorOf(const ItemRef& item) const;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_RECOMMEND_PLAIN_MODEL_H_
