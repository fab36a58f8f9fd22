#ifndef STAFFROOM_SERVICE_EMBEDDING_ENCODERS_H_
#define STAFFROOM_SERVICE_EMBEDDING_ENCODERS_H_

#include <atomic>
#include <functional>
#include <memory>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "embeddings/encoder/encoder.h"

namespace staffroom {

// The encoders of one process: the configured one, which is to serve, and while it does not yet, the one whose vectors do.
// Thread-safe after SetServing.
class Encoders {
 public:
  // The encoder of a model; null when this process has none (its file is gone).
  using Maker = std::function<std::unique_ptr<embeddings::Encoder>(absl::string_view model_id)>;

  explicit Encoders(std::unique_ptr<embeddings::Encoder> configured, const Maker& maker = nullptr)
      : configured_(std::move(configured)), maker_(maker) {}

  // Once, before whatever else needs them: whose vectors serve now.
  void SetServing(absl::string_view model_id);

  const embeddings::Encoder& configured() const { return *configured_; }
  // Null when there is none: texts of queries then have no vector, and what was stored goes on serving.
  const embeddings::Encoder* serving() const;
  // Null when this process has none of that name.
  const embeddings::Encoder* Find(absl::string_view model_id) const;

  // All whose vectors a write must bring, in the order in which they are stored. What turns out not to be needed is
  // dropped when the write is decided, so that it need not be known here to the moment.
  using List = absl::InlinedVector<const embeddings::Encoder*, 2>;
  List ForWrites() const;

  // The configured one has taken over.
  void Installed() { stage_ = Stage::kTakenOver; }
  // It will not take over before the next start.
  void GaveUp() { stage_ = stage_ == Stage::kTakingOver ? Stage::kGivenUp : stage_.load(); }

 private:
  enum class Stage { kTakenOver, kTakingOver, kGivenUp };

  const std::unique_ptr<embeddings::Encoder> configured_;
  const Maker maker_;
  std::unique_ptr<embeddings::Encoder> former_;  // whose vectors serve until the configured one's do
  std::atomic<Stage> stage_ = Stage::kTakenOver;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_EMBEDDING_ENCODERS_H_
