#include "service/views/views.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/index/segment_build.h"
#include "embeddings/index/vector_index.h"
#include "service/base/ordinal.h"
#include "service/base/shared_mutex.h"
#include "service/engine/change.h"
#include "service/engine/view.h"
#include "service/views/read_view.h"
#include "service/views/vectors.h"

namespace staffroom {

absl::StatusOr<std::unique_ptr<Views>> Views::Create(Options options) {
  std::unique_ptr<Views> views(new Views(options));
  absl::StatusOr<std::unique_ptr<Vectors>> vectors =
      Vectors::Create(std::move(options.vectors), &views->catalog_, &views->engagement_);
  if (!vectors.ok()) return vectors.status();
  views->vectors_ = *std::move(vectors);
  return views;
}

Views::Views(const Options& options)
    : catalog_(options.default_exposure), engagement_(&catalog_), graph_(&catalog_, &engagement_) {}

// In the order of dependence: each may look at those before it, which have taken the change already.
std::vector<View*> Views::All() { return {&catalog_, &engagement_, &graph_, vectors_.get()}; }

absl::Status Views::Load(const storage::Snapshot& snapshot, uint64_t revision) {
  WriterLock lock(&mutex_);
  for (View* view : All()) {
    if (absl::Status status = view->Load(snapshot); !status.ok()) return status;
    view->EndBatch();
  }
  revision_ = revision;
  return absl::OkStatus();
}

void Views::Apply(absl::Span<const Change> changes, uint64_t revision) noexcept {
  const std::vector<View*> views = All();
  WriterLock lock(&mutex_);
  for (const Change& change : changes) {
    for (View* view : views) view->Apply(change);
  }
  for (View* view : views) view->EndBatch();
  revision_ = revision;
}

// On the sequencer's thread, without the lock: the vectors, which other threads change too, are not part of it.
uint64_t Views::Digest() const { return catalog_.Digest() + engagement_.Digest() + graph_.Digest(); }

void Views::Read(absl::FunctionRef<void(const ReadView&)> read) const {
  ReaderLock lock(&mutex_);
  read(ReadView{catalog_, engagement_, graph_, *vectors_, revision_});
}

void Views::ReadExact(absl::FunctionRef<void(const ExactView&)> read) const {
  read(ExactView{catalog_, engagement_, graph_, revision_});
}

bool Views::SettleSome() {
  {
    ReaderLock lock(&mutex_);
    if (vectors_->settled()) return true;
  }
  WriterLock lock(&mutex_);
  return vectors_->Settle();
}

std::unique_ptr<embeddings::SegmentBuild> Views::StartBuild(embeddings::VectorIndex** index) {
  {
    // A writer that waits holds up the readers behind it: not twice a second while nothing is full or sealed yet.
    ReaderLock lock(&mutex_);
    if (!vectors_->MayNeedBuild()) return nullptr;
  }
  WriterLock lock(&mutex_);
  for (embeddings::VectorIndex* const candidate : vectors_->indexes()) {
    *index = candidate;
    if (std::unique_ptr<embeddings::SegmentBuild> build = candidate->MaybeStartBuild(); build != nullptr) return build;
  }
  return nullptr;
}

absl::StatusOr<bool> Views::BuildSegment(const std::atomic<bool>& stop) {
  constexpr size_t kRowsASlice = 1'000;  // about 50 microseconds under the lock
  if (stop) return false;
  embeddings::VectorIndex* index = nullptr;
  std::unique_ptr<embeddings::SegmentBuild> build = StartBuild(&index);
  if (build == nullptr) return false;
  absl::StatusOr<std::unique_ptr<embeddings::FinishedBuild>> finished =
      std::move(*build).Run([&stop] { return stop.load(); });
  if (absl::IsCancelled(finished.status())) return false;
  if (!finished.ok()) return finished.status();
  bool installed = false;
  while (!installed) {
    if (stop) return false;  // the index stays whole
    WriterLock lock(&mutex_);
    installed = index->Install(**finished, kRowsASlice);
  }
  return true;
}

std::vector<Views::Size> Views::Sizes() const {
  std::vector<Size> sizes;
  for (const View* view : {static_cast<const View*>(&catalog_), static_cast<const View*>(&engagement_),
                           static_cast<const View*>(&graph_)}) {
    sizes.push_back({std::string(view->name()), view->Bytes()});
  }
  ReaderLock lock(&mutex_);
  sizes.push_back({std::string(vectors_->name()), vectors_->Bytes()});
  return sizes;
}

uint32_t Views::FindOrdinal(storage::ItemKind kind, absl::string_view id) const {
  switch (kind) {
    case storage::ITEM_ACCOUNT:
      return catalog_.FindAccount(id).value();
    case storage::ITEM_POST:
      return catalog_.FindPost(id).value();
    case storage::ITEM_RESOURCE:
      return catalog_.FindResource(id).value();
    default:
      return 0;
  }
}

int Views::MentorAcceptsSince(AccountOrdinal mentor, int64_t since_us) const {
  const absl::Span<const TimedAccount> mentees = graph_.Mentees(mentor);
  return static_cast<int>(std::count_if(mentees.begin(), mentees.end(), [&](const TimedAccount& mentee) {
    return int64_t{mentee.time_s} * 1'000'000 >= since_us;
  }));
}

}  // namespace staffroom
