#ifndef STAFFROOM_SERVICE_VIEWS_VIEWS_H_
#define STAFFROOM_SERVICE_VIEWS_VIEWS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/base/shared_mutex.h"
#include "service/engine/view.h"
#include "service/views/catalog.h"
#include "service/views/engagement.h"
#include "service/views/graph.h"
#include "service/views/read_view.h"
#include "service/views/vectors.h"
#include "storage/records.pb.h"

namespace staffroom {

// The views, in the order in which they depend on each other, behind one reader-writer lock. Thread-safe.
class Views : public ViewSet, private DecisionReader {
 public:
  struct Options {
    storage::Exposure default_exposure = storage::EVERYBODY;
    Vectors::Options vectors;
  };
  static absl::StatusOr<std::unique_ptr<Views>> Create(Options options);

  absl::Status Load(const storage::Snapshot& snapshot, uint64_t revision) override;
  void Apply(absl::Span<const Change> changes, uint64_t revision) noexcept override;
  uint64_t Digest() const override;
  const DecisionReader& decision_reader() const override { return *this; }

  // Runs `read` on all views at one revision, under the reader lock.
  void Read(absl::FunctionRef<void(const ReadView&)> read) const;

  // Gives full segments of the vector indexes their graphs and merges what should be merged, until nothing is left to do.
  // Slow, for a background thread: the lock is taken only to hand over and to move in, in slices. One call at a time.
  absl::Status BuildSegments();

  struct Size {
    std::string name;
    int64_t bytes = 0;
  };
  // Heap bytes of each view.
  std::vector<Size> Sizes() const;

 private:
  explicit Views(Options options);
  uint32_t FindOrdinal(storage::ItemKind kind, absl::string_view id) const override;
  int MentorAcceptsSince(AccountOrdinal mentor, int64_t since_us) const override;
  std::vector<View*> All();

  mutable SharedMutex mutex_;
  // Written only under the exclusive lock by the one writer, who may therefore read them without it.
  Catalog catalog_;
  EngagementView engagement_;
  Graph graph_;
  std::unique_ptr<Vectors> vectors_;
  uint64_t revision_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_VIEWS_H_
