#include "service/embedding/encoders.h"

#include "absl/strings/string_view.h"
#include "embeddings/encoder/encoder.h"

namespace staffroom {

void Encoders::SetServing(absl::string_view model_id) {
  if (model_id == configured_->model_id()) return;
  stage_ = Stage::kTakingOver;
  former_ = maker_ ? maker_(model_id) : nullptr;
}

const embeddings::Encoder* Encoders::serving() const {
  return stage_ == Stage::kTakenOver ? configured_.get() : former_.get();
}

const embeddings::Encoder* Encoders::Find(absl::string_view model_id) const {
  if (model_id == configured_->model_id()) return configured_.get();
  return former_ != nullptr && former_->model_id() == model_id ? former_.get() : nullptr;
}

Encoders::List Encoders::ForWrites() const {
  const Stage stage = stage_;
  List list;
  if (stage != Stage::kTakenOver && former_ != nullptr) list.push_back(former_.get());
  if (stage != Stage::kGivenUp) list.push_back(configured_.get());
  return list;
}

}  // namespace staffroom
