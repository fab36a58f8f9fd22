#ifndef STAFFROOM_SERVICE_VIEWS_MODELS_H_
#define STAFFROOM_SERVICE_VIEWS_MODELS_H_

#include <cstdint>
#include <map>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/engine/change.h"
#include "service/engine/view.h"
#include "storage/meta_io.h"
#include "storage/records.pb.h"
#include "storage/store.h"

namespace staffroom {

// Whose vectors answer, whose are being made, and the operations that make them: state.
class ModelsView : public View {
 public:
  absl::string_view name() const override { return "models"; }
  absl::Status Load(const storage::Snapshot& snapshot) override;
  void Apply(const Change& change) noexcept override;
  uint64_t Digest() const override;
  int64_t Bytes() const override;

  const storage::Models& models() const { return models_; }
  // By number: the oldest first. Also those that ended long ago, until another begins.
  const std::map<uint64_t, storage::OperationRecord>& operations() const { return operations_; }

 private:
  storage::Models models_;
  std::map<uint64_t, storage::OperationRecord> operations_;  // few
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_MODELS_H_
