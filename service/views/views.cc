#include "service/views/views.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "embeddings/index/segment_build.h"
#include "embeddings/index/vector_index.h"
#include "service/base/ordinal.h"
#include "service/base/shared_mutex.h"
#include "service/engine/change.h"
#include "service/engine/view.h"
#include "service/views/read_view.h"
#include "service/views/vectors.h"
#include "storage/record_io.h"

namespace staffroom {

absl::StatusOr<std::unique_ptr<Views>> Views::Create(Options options) {
  std::unique_ptr<Views> views(new Views(std::move(options)));
  absl::StatusOr<std::unique_ptr<Vectors>> vectors = views->MakeVectors(views->vector_options_.model_id);
  if (!vectors.ok()) return vectors.status();
  views->serving_ = *std::move(vectors);
  return views;
}

Views::Views(Options options)
    : vector_options_(std::move(options.vectors)),
      catalog_(options.default_exposure),
      engagement_(&catalog_),
      graph_(&catalog_, &engagement_) {}

absl::StatusOr<std::unique_ptr<Vectors>> Views::MakeVectors(const std::string& model_id) const {
  Vectors::Options options = vector_options_;
  options.model_id = model_id;
  return Vectors::Create(std::move(options), &catalog_, &engagement_);
}

// In the order of dependence: each may look at those before it, which have taken the change already.
std::vector<View*> Views::All() {
  std::vector<View*> all = {&catalog_, &engagement_, &graph_, &models_, serving_.get()};
  if (coming_ != nullptr) all.push_back(coming_.get());
  return all;
}

absl::Status Views::Load(const storage::Snapshot& snapshot, uint64_t revision) {
  WriterLock lock(&mutex_);
  for (View* view : std::initializer_list<View*>{&catalog_, &engagement_, &graph_, &models_}) {
    if (absl::Status status = view->Load(snapshot); !status.ok()) return status;
    view->EndBatch();
  }
  revision_ = revision;
  return LoadVectors(snapshot);
}

absl::Status Views::LoadVectors(const storage::Snapshot& snapshot) {
  const std::string& configured = vector_options_.model_id;
  std::string serving = models_.models().serving;
  if (serving.empty()) {
    // No record says so yet: the store is new, or older than that record, and then all its vectors are of one model.
    const absl::StatusOr<absl::optional<std::string>> first = storage::FirstModel(snapshot);
    if (!first.ok()) return first.status();
    serving = first->value_or(configured);
  }
  if (serving != configured) {
    absl::StatusOr<std::unique_ptr<Vectors>> vectors = MakeVectors(serving);
    if (!vectors.ok()) return vectors.status();
    coming_ = std::exchange(serving_, *std::move(vectors));
  }
  for (Vectors* vectors : {serving_.get(), coming_.get()}) {
    if (vectors == nullptr) continue;
    if (absl::Status status = vectors->Load(snapshot); !status.ok()) return status;
    vectors->EndBatch();
  }
  return absl::OkStatus();
}

void Views::Apply(absl::Span<const Change> changes, uint64_t revision) noexcept {
  const std::vector<View*> views = All();
  const storage::Models before = models_.models();
  std::shared_ptr<const Vectors> retired;  // destroyed after the lock is left: it may be gigabytes
  WriterLock lock(&mutex_);
  for (const Change& change : changes) {
    for (View* view : views) view->Apply(change);
  }
  for (View* view : views) view->EndBatch();
  retired = FollowModels(before);
  revision_ = revision;
}

std::shared_ptr<const Vectors> Views::FollowModels(const storage::Models& before) {
  const storage::Models& now = models_.models();
  if (coming_ == nullptr || now == before) return nullptr;
  const absl::string_view model_id = coming_->model_id();
  if (now.serving == model_id) {
    std::swap(serving_, coming_);
    return std::exchange(coming_, nullptr);
  }
  const bool was_given_up = before.coming == model_id && now.coming != model_id;
  return was_given_up ? std::exchange(coming_, nullptr) : nullptr;
}

// On the sequencer's thread, without the lock: the vectors, which other threads change too, are not part of it.
uint64_t Views::Digest() const { return catalog_.Digest() + engagement_.Digest() + graph_.Digest() + models_.Digest(); }

void Views::Read(absl::FunctionRef<void(const ReadView&)> read) const {
  ReaderLock lock(&mutex_);
  read(ReadView{catalog_, engagement_, graph_, models_, *serving_, revision_});
}

void Views::ReadExact(absl::FunctionRef<void(const ExactView&)> read) const {
  read(ExactView{catalog_, engagement_, graph_, models_, revision_});
}

bool Views::SettleSome() {
  const auto settled = [this]() { return serving_->settled() && (coming_ == nullptr || coming_->settled()); };
  {
    ReaderLock lock(&mutex_);
    if (settled()) return true;
  }
  WriterLock lock(&mutex_);
  if (!serving_->settled()) {
    serving_->Settle();
  } else if (coming_ != nullptr) {
    coming_->Settle();
  }
  return settled();
}

std::unique_ptr<embeddings::SegmentBuild> Views::StartBuild(BuildPlace* place) {
  {
    // A writer that waits holds up the readers behind it: not twice a second while nothing is full or sealed yet.
    ReaderLock lock(&mutex_);
    if (!serving_->MayNeedBuild() && (coming_ == nullptr || !coming_->MayNeedBuild())) return nullptr;
  }
  WriterLock lock(&mutex_);
  for (const std::shared_ptr<Vectors>& vectors : {serving_, coming_}) {
    if (vectors == nullptr) continue;
    for (embeddings::VectorIndex* const candidate : vectors->indexes()) {
      *place = {vectors, candidate};
      if (std::unique_ptr<embeddings::SegmentBuild> build = candidate->MaybeStartBuild(); build != nullptr)
        return build;
    }
  }
  return nullptr;
}

absl::StatusOr<bool> Views::BuildSegment(const std::atomic<bool>& stop) {
  constexpr size_t kRowsASlice = 1'000;  // about 50 microseconds under the lock
  if (stop) return false;
  BuildPlace place;  // outlives what is built for it, and is left after the lock
  std::unique_ptr<embeddings::SegmentBuild> build = StartBuild(&place);
  if (build == nullptr) return false;
  absl::StatusOr<std::unique_ptr<embeddings::FinishedBuild>> finished =
      std::move(*build).Run([&stop] { return stop.load(); });
  if (absl::IsCancelled(finished.status())) return false;
  if (!finished.ok()) return finished.status();
  bool installed = false;
  while (!installed) {
    if (stop) return false;  // the index stays whole
    WriterLock lock(&mutex_);
    installed = place.index->Install(**finished, kRowsASlice);
  }
  return true;
}

std::vector<Views::Size> Views::Sizes() const {
  std::vector<Size> sizes;
  for (const View* view : {static_cast<const View*>(&catalog_), static_cast<const View*>(&engagement_),
                           static_cast<const View*>(&graph_), static_cast<const View*>(&models_)}) {
    sizes.push_back({std::string(view->name()), view->Bytes()});
  }
  ReaderLock lock(&mutex_);
  sizes.push_back({std::string(serving_->name()), serving_->Bytes()});
  if (coming_ != nullptr) sizes.push_back({"coming_vectors", coming_->Bytes()});
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
