#ifndef STAFFROOM_SERVICE_VIEWS_ADJACENCY_H_
#define STAFFROOM_SERVICE_VIEWS_ADJACENCY_H_

#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <type_traits>
#include <vector>

#include "absl/types/span.h"

namespace staffroom {

// For every ordinal a sorted, contiguous, growable list: how edges are held in memory.
//
// Why not vector<vector>: 24 bytes a node and 2x growth. Why not CSR: it cannot be updated in place. A list here is a head
// of 16 bytes {entries, size, capacity} in one array, and a block of the heap that keeps neighbours contiguous (random
// walks and two-hop counts read them at memory speed, 19-31 M steps/s against 2 M/s of a hash map on 1M nodes).
//
// What it costs, all told: the heads (whose array grows by an eighth), and for each list a block as glibc cuts it: a multiple
// of 16 bytes, never below 32, of which 8 are glibc's. A list grows by an eighth, takes all of its block, and gives back
// when it is less than three quarters full; what fits into the 8 bytes of the head's pointer (two entries of 4 bytes) lies
// there and has no block. So an edge of 4 bytes costs, both directions together, 9 to 10 bytes where nodes have 100, 11 to 13
// where they have 20, some 20 where they have 5: there the two heads outweigh the edges (tests/views/adjacency_test.cc).
//
// Entry is trivially copyable and ordered by <. Duplicates are kept: an entry is removed as often as it was added.
// Not thread-safe; const calls may run together. A span is valid until the next call that is not const.
template <typename Entry>
class Adjacency {
 public:
  Adjacency() = default;
  Adjacency(const Adjacency&) = delete;
  Adjacency& operator=(const Adjacency&) = delete;
  ~Adjacency() {
    for (List& list : lists_) {
      if (list.capacity > kInHead) std::free(list.place.block);
    }
  }

  absl::Span<const Entry> Of(uint32_t ordinal) const {
    if (ordinal >= lists_.size()) return {};
    const List& list = lists_[ordinal];
    return absl::Span<const Entry>(EntriesOf(list), list.size);
  }

  bool Contains(uint32_t ordinal, Entry entry) const {
    const absl::Span<const Entry> entries = Of(ordinal);
    return std::binary_search(entries.begin(), entries.end(), entry);
  }

  void Add(uint32_t ordinal, Entry entry) {
    if (ordinal >= lists_.size()) GrowTo(ordinal);
    List& list = lists_[ordinal];
    if (list.size == list.capacity) Resize(list, list.size + 1 + list.size / 8);
    Entry* const begin = EntriesOf(list);
    Entry* const place = std::upper_bound(begin, begin + list.size, entry);
    std::memmove(static_cast<void*>(place + 1), place, static_cast<size_t>(begin + list.size - place) * sizeof(Entry));
    *place = entry;
    ++list.size;
    ++size_;
  }

  // Removes one occurrence; false when there is none.
  bool Remove(uint32_t ordinal, Entry entry) {
    if (ordinal >= lists_.size()) return false;
    List& list = lists_[ordinal];
    Entry* const begin = EntriesOf(list);
    Entry* const end = begin + list.size;
    Entry* const place = std::lower_bound(begin, end, entry);
    if (place == end || entry < *place) return false;
    std::memmove(static_cast<void*>(place), place + 1, static_cast<size_t>(end - place - 1) * sizeof(Entry));
    --list.size;
    --size_;
    if (list.capacity > kInHead && (list.size < list.capacity / 4 * 3 || list.size <= kInHead)) {
      Resize(list, list.size <= kInHead ? list.size : list.size + list.size / 8);
    }
    return true;
  }

  // Takes all entries of an ordinal at once. Who removes a long list one by one, from its front, moves the rest each time.
  void Clear(uint32_t ordinal) {
    if (ordinal >= lists_.size()) return;
    List& list = lists_[ordinal];
    size_ -= list.size;
    list.size = 0;
    if (list.capacity > kInHead) Resize(list, 0);
  }

  // One past the greatest ordinal that ever had an entry.
  uint32_t limit() const { return static_cast<uint32_t>(lists_.size()); }
  int64_t size() const { return size_; }
  // Of heads and blocks, with what the allocator adds.
  int64_t bytes() const { return static_cast<int64_t>(lists_.capacity() * sizeof(List)) + block_bytes_; }

 private:
  static_assert(std::is_trivially_copyable_v<Entry>);
  // The entries while they are few, then the block.
  union Place {
    Entry* block;
    std::byte entries[sizeof(Entry*)];
  };
  // As many as fit whole; none of the larger kinds. NOLINTNEXTLINE(bugprone-sizeof-expression)
  static constexpr uint32_t kInHead = sizeof(Place) / sizeof(Entry);
  struct List {
    Place place = {nullptr};
    uint32_t size = 0;
    uint32_t capacity = kInHead;  // more: they are in a block
  };
  static constexpr size_t kBlockHead = 8, kBlockStep = 16, kBlockMin = 32;

  static const Entry* EntriesOf(const List& list) {
    return list.capacity > kInHead ? list.place.block : reinterpret_cast<const Entry*>(list.place.entries);
  }
  static Entry* EntriesOf(List& list) {
    return list.capacity > kInHead ? list.place.block : reinterpret_cast<Entry*>(list.place.entries);
  }
  // What a block of `entries` should take of the heap, its head included.
  static size_t BlockBytes(uint32_t entries) {
    const size_t bytes = entries * sizeof(Entry) + kBlockHead;
    return std::max(kBlockMin, (bytes + kBlockStep - 1) / kBlockStep * kBlockStep);
  }
  // What it does take: realloc leaves a remainder that is too small to be a block where it is.
  static int64_t BytesTaken(Entry* block) {
    return block == nullptr ? 0 : static_cast<int64_t>(malloc_usable_size(block) + kBlockHead);
  }

  void GrowTo(uint32_t ordinal) {
    const size_t needed = size_t{ordinal} + 1;
    if (needed > lists_.capacity()) lists_.reserve(std::max(needed, lists_.capacity() + lists_.capacity() / 8));
    lists_.resize(needed);
  }

  // Room for `wanted` entries (at least list.size) and what else the block holds.
  void Resize(List& list, uint32_t wanted) {
    Entry* const old = list.capacity > kInHead ? list.place.block : nullptr;
    block_bytes_ -= BytesTaken(old);
    if (wanted <= kInHead) {
      if (old == nullptr) return;
      Place place = {nullptr};
      std::memcpy(place.entries, old, sizeof(place));  // a block is longer than that
      std::free(old);
      list.place = place;
      list.capacity = kInHead;
      return;
    }
    const size_t bytes = BlockBytes(wanted);
    void* const block = std::realloc(static_cast<void*>(old), bytes - kBlockHead);
    if (block == nullptr) std::abort();  // as operator new would end: Apply cannot fail half-way
    if (old == nullptr) std::memcpy(block, list.place.entries, sizeof(list.place));
    list.place.block = static_cast<Entry*>(block);
    list.capacity = static_cast<uint32_t>((bytes - kBlockHead) / sizeof(Entry));
    block_bytes_ += BytesTaken(list.place.block);
  }

  std::vector<List> lists_;
  int64_t size_ = 0;
  int64_t block_bytes_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_ADJACENCY_H_
