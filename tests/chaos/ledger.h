#ifndef STAFFROOM_TESTS_CHAOS_LEDGER_H_
#define STAFFROOM_TESTS_CHAOS_LEDGER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace staffroom {

// What one client knows of the keys that it alone writes, at most one write of a key at a time.
//
// A key stands for one thing that a write sets: an account, a post, a follow, a like. Its value is a version from 1, or 0:
// absent. After a crash the store must hold what was acknowledged last, or what was sent after it and not answered; nothing
// else, neither something older nor something that was never sent. Not thread-safe.
class Ledger {
 public:
  // A write is about to be sent.
  void Sent(const std::string& key, int64_t value);
  // The server said that it is done, at that revision (a number).
  void Acknowledged(const std::string& key, uint64_t revision);
  // The server said that it did nothing.
  void Refused(const std::string& key);
  // Whatever becomes of the key is right: something that it hangs on was deleted.
  void Forget(const std::string& key) { facts_.erase(key); }

  // Whether the key is there and no write of it is open.
  bool Stands(const std::string& key) const;
  // The value that was acknowledged or found last.
  int64_t ValueOf(const std::string& key) const;

  struct Lost {
    std::string key;
    int64_t acknowledged = 0;
    int64_t found = 0;
  };
  // Holds all that is known against what `found` finds in a store that stands at `revision`. What is acknowledged at a later
  // revision is lost whatever is found. Then takes what was found for what is known, and no write for open.
  std::vector<Lost> Check(uint64_t revision, const std::function<int64_t(const std::string& key)>& found);

  int64_t acknowledgements() const { return acknowledgements_; }

 private:
  struct Fact {
    int64_t acknowledged = 0;
    uint64_t revision = 0;
    bool is_open = false;
    int64_t open = 0;  // the value on its way
  };

  absl::flat_hash_map<std::string, Fact> facts_;
  int64_t acknowledgements_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_CHAOS_LEDGER_H_
