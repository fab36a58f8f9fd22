#include "tests/chaos/ledger.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace staffroom {

void Ledger::Sent(const std::string& key, int64_t value) {
  Fact& fact = facts_[key];
  fact.is_open = true;
  fact.open = value;
}

void Ledger::Acknowledged(const std::string& key, uint64_t revision) {
  ++acknowledgements_;
  const auto found = facts_.find(key);
  if (found == facts_.end() || !found->second.is_open) return;
  found->second = {.acknowledged = found->second.open, .revision = revision, .is_open = false, .open = 0};
}

void Ledger::Refused(const std::string& key) {
  if (const auto found = facts_.find(key); found != facts_.end()) found->second.is_open = false;
}

bool Ledger::Stands(const std::string& key) const {
  const auto found = facts_.find(key);
  return found != facts_.end() && found->second.acknowledged > 0 && !found->second.is_open;
}

int64_t Ledger::ValueOf(const std::string& key) const {
  const auto found = facts_.find(key);
  return found == facts_.end() ? 0 : found->second.acknowledged;
}

std::vector<Ledger::Lost> Ledger::Check(uint64_t revision,
                                        const std::function<int64_t(const std::string& key)>& found) {
  std::vector<Lost> lost;
  for (auto& [key, fact] : facts_) {
    const int64_t value = found(key);
    const bool is_right = value == fact.acknowledged || (fact.is_open && value == fact.open);
    if (!is_right || fact.revision > revision) lost.push_back({key, fact.acknowledged, value});
    fact = {.acknowledged = value, .revision = 0, .is_open = false, .open = 0};
  }
  return lost;
}

}  // namespace staffroom
