#ifndef STAFFROOM_SERVICE_ENGINE_VIEW_H_
#define STAFFROOM_SERVICE_ENGINE_VIEW_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/ordinal.h"
#include "service/engine/change.h"
#include "storage/store.h"

namespace staffroom {

// An in-memory structure that is a pure function of the store's records. Not thread-safe: ViewSet holds the lock.
class View {
 public:
  virtual ~View() = default;

  // Stable name, for metrics and GetStatus.
  virtual absl::string_view name() const = 0;

  // Fills an empty view from the store's records. DATA_LOSS when a record cannot be read.
  virtual absl::Status Load(const storage::Snapshot& snapshot) = 0;

  // Takes one change; changes come in journal order. Must leave what Load of the same records would have built.
  virtual void Apply(const Change& change) noexcept = 0;

  // After the last change of a batch (and after Load): work that is better done once than for every change.
  virtual void EndBatch() noexcept {}

  // Commutative sum of the hashes of what the view holds, keyed by ids: equal state, equal digest, whatever the ordinals,
  // the batching or the order of arrival. Walks the real structure. 0 for views that are derived approximately.
  virtual uint64_t Digest() const = 0;

  // Heap bytes held, within a few percent.
  virtual int64_t Bytes() const = 0;
};

// What decide() may ask about the state; answered from views, without locks, on the sequencer's thread only (the sole
// writer). Everything else that a decision needs is a record, read from the store.
class DecisionReader {
 public:
  virtual ~DecisionReader() = default;

  // The ordinal of an id, stubs included; 0 when there is none.
  virtual uint32_t FindOrdinal(storage::ItemKind kind, absl::string_view id) const = 0;

  // How many mentees `mentor` accepted (MENTOR_ACCEPT standing) with an event time at or after `since_us`.
  // In whole seconds: `since_us` is a multiple of a second.
  virtual int MentorAcceptsSince(AccountOrdinal mentor, int64_t since_us) const = 0;

  // The resources that an account wrote or publishes, by ordinal.
  virtual absl::Span<const ResourceOrdinal> ResourcesOf(AccountOrdinal account) const = 0;
};

// All views behind one lock, as the engine sees them.
class ViewSet {
 public:
  virtual ~ViewSet() = default;

  // Loads every view at one moment of the store; `revision` is what the views then stand at.
  virtual absl::Status Load(const storage::Snapshot& snapshot, uint64_t revision) = 0;

  // Applies a committed batch under one exclusive hold of the lock, so that readers see all of it or nothing.
  virtual void Apply(absl::Span<const Change> changes, uint64_t revision) noexcept = 0;

  // See View::Digest; the sum over all views. Call on the sequencer's thread only.
  virtual uint64_t Digest() const = 0;

  virtual const DecisionReader& decision_reader() const = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_VIEW_H_
