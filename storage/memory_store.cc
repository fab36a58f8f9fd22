#include "storage/memory_store.h"

#include <utility>

namespace staffroom::storage {
namespace {

std::string ToString(absl::string_view bytes) { return std::string(bytes.data(), bytes.size()); }

}  // namespace

class MemoryStore::MapIterator : public Iterator {
 public:
  MapIterator(Entries::const_iterator first, Entries::const_iterator past_last, std::atomic<int64_t>* reads)
      : current_(first), past_last_(past_last), reads_(reads) {
    CountEntry();
  }
  bool Valid() const override { return current_ != past_last_; }
  void Next() override {
    ++current_;
    CountEntry();
  }
  absl::string_view key() const override { return current_->first; }
  absl::string_view value() const override { return current_->second; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  void CountEntry() {
    if (Valid()) reads_->fetch_add(1, std::memory_order_relaxed);
  }

  Entries::const_iterator current_;
  const Entries::const_iterator past_last_;
  std::atomic<int64_t>* const reads_;
};

class MemoryStore::MapSnapshot : public Snapshot {
 public:
  MapSnapshot(const MemoryStore* store, Families families) : store_(store), families_(std::move(families)) {}
  ~MapSnapshot() override {
    // Under the mutex, so that a writer who finds a map unshared is also ordered after the last read of it.
    AnnotatedLock lock(&store_->mutex_);
    for (std::shared_ptr<Entries>& entries : families_) entries.reset();
  }

  absl::StatusOr<absl::optional<std::string>> Get(Family family, absl::string_view key) const override {
    store_->reads_.fetch_add(1, std::memory_order_relaxed);
    const Entries& entries = EntriesOf(family);
    const auto found = entries.find(ToString(key));
    if (found == entries.end()) return absl::nullopt;
    return found->second;
  }

  absl::StatusOr<std::vector<absl::optional<std::string>>> MultiGet(absl::Span<const FamilyKey> keys) const override {
    std::vector<absl::optional<std::string>> values;
    values.reserve(keys.size());
    for (const FamilyKey& key : keys) values.push_back(*Get(key.family, key.key));
    return values;
  }

  std::unique_ptr<Iterator> Scan(Family family, absl::string_view first, absl::string_view past_last) const override {
    const Entries& entries = EntriesOf(family);
    const auto end = past_last.empty() ? entries.end() : entries.lower_bound(ToString(past_last));
    const bool is_empty = !past_last.empty() && past_last <= first;
    return std::make_unique<MapIterator>(is_empty ? end : entries.lower_bound(ToString(first)), end, &store_->reads_);
  }

 private:
  const Entries& EntriesOf(Family family) const { return *families_[static_cast<size_t>(family)]; }

  const MemoryStore* const store_;
  Families families_;
};

MemoryStore::MemoryStore() {
  for (std::shared_ptr<Entries>& entries : families_) entries = std::make_shared<Entries>();
}

absl::Status MemoryStore::Write(const WriteBatch& batch) {
  AnnotatedLock lock(&mutex_);
  for (const WriteBatch::Operation& operation : batch.operations()) {
    std::shared_ptr<Entries>& entries = families_[static_cast<size_t>(operation.family)];
    if (entries.use_count() > 1) entries = std::make_shared<Entries>(*entries);
    if (operation.value.has_value()) {
      (*entries)[operation.key] = *operation.value;
    } else {
      entries->erase(operation.key);
    }
  }
  return absl::OkStatus();
}

std::unique_ptr<Snapshot> MemoryStore::TakeSnapshot() const {
  AnnotatedLock lock(&mutex_);
  return std::make_unique<MapSnapshot>(this, families_);
}

}  // namespace staffroom::storage
