// Ordinal → the one place where its newest row lies.
//
// Ordinals are dense, so this is an array, in pages: growing it never moves more than the table of pages, and so
// never holds the writer's lock for long, which rehashing a map of millions would.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_LOCATION_TABLE_H_
#define STAFFROOM_EMBEDDINGS_INDEX_LOCATION_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace staffroom::embeddings {

struct Location {
  uint32_t segment = 0;  // id of a segment; 0: nowhere
  uint32_t slot = 0;

  friend bool operator==(const Location&, const Location&) = default;
};

class LocationTable {
 public:
  // segment 0 when the ordinal has no row.
  Location Find(uint32_t ordinal) const {
    const size_t page = ordinal / kPageSize;
    if (page >= pages_.size() || pages_[page] == nullptr) return Location{};
    return (*pages_[page])[ordinal % kPageSize];
  }

  void Set(uint32_t ordinal, Location location) {
    const size_t page = ordinal / kPageSize;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (pages_[page] == nullptr) {
      pages_[page] = std::make_unique<Page>();
      ++live_pages_;
    }
    (*pages_[page])[ordinal % kPageSize] = location;
  }

  void Erase(uint32_t ordinal) {
    const size_t page = ordinal / kPageSize;
    if (page < pages_.size() && pages_[page] != nullptr) (*pages_[page])[ordinal % kPageSize] = {};
  }

  size_t bytes() const { return pages_.capacity() * sizeof(pages_[0]) + live_pages_ * sizeof(Page); }

 private:
  static constexpr size_t kPageSize = 4096;
  using Page = std::array<Location, kPageSize>;
  std::vector<std::unique_ptr<Page>> pages_;
  size_t live_pages_ = 0;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_LOCATION_TABLE_H_
