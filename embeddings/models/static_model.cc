#include "embeddings/models/static_model.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace staffroom::embeddings {

absl::StatusOr<std::unique_ptr<StaticModel>> StaticModel::FromBytes(absl::string_view bytes) {
  const absl::StatusOr<ModelTable> table = ModelTable::Parse(bytes);
  if (!table.ok()) return table.status();
  std::unique_ptr<StaticModel> model(new StaticModel(*table));
  absl::StatusOr<PieceTable> pieces = PieceTable::Make(model->table_);
  if (!pieces.ok()) return pieces.status();
  model->pieces_ = std::make_unique<PieceTable>(*std::move(pieces));
  return model;
}

absl::StatusOr<std::unique_ptr<StaticModel>> StaticModel::Open(const std::string& path) {
  absl::StatusOr<std::unique_ptr<MappedFile>> file = MappedFile::Open(path);
  if (!file.ok()) return file.status();
  absl::StatusOr<std::unique_ptr<StaticModel>> model = FromBytes((*file)->bytes());
  if (!model.ok()) return absl::Status(model.status().code(), absl::StrCat(path, ": ", model.status().message()));
  (*model)->file_ = *std::move(file);
  return model;
}

}  // namespace staffroom::embeddings
