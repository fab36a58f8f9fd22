// A static model, mapped from its file, checked and ready to look pieces up in.
#ifndef STAFFROOM_EMBEDDINGS_MODELS_STATIC_MODEL_H_
#define STAFFROOM_EMBEDDINGS_MODELS_STATIC_MODEL_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "embeddings/models/mapped_file.h"
#include "embeddings/models/model_table.h"
#include "embeddings/models/piece_table.h"

namespace staffroom::embeddings {

// Immutable, so thread-safe. Movable neither way: its pieces look at its table.
class StaticModel {
 public:
  // The statuses of MappedFile::Open and ModelTable::Parse; every message begins with the path or names it.
  static absl::StatusOr<std::unique_ptr<StaticModel>> Open(const std::string& path);

  // From bytes that the caller keeps alive and still.
  static absl::StatusOr<std::unique_ptr<StaticModel>> FromBytes(absl::string_view bytes);

  StaticModel(const StaticModel&) = delete;
  StaticModel& operator=(const StaticModel&) = delete;

  const ModelTable& table() const { return table_; }
  const PieceTable& pieces() const { return *pieces_; }

 private:
  explicit StaticModel(const ModelTable& table) : table_(table) {}

  std::unique_ptr<MappedFile> file_;  // none when made from bytes
  const ModelTable table_;
  std::unique_ptr<PieceTable> pieces_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_MODELS_STATIC_MODEL_H_
