#include "embeddings/models/shipped_model.h"

#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace staffroom::embeddings {

std::vector<std::string> ShippedModelFolders(absl::string_view program_folder) {
  return {absl::StrCat(program_folder, "/../../../embeddings/models"),
          absl::StrCat(program_folder, "/../share/staffroom"), STAFFROOM_MODELS_DIR};
}

absl::StatusOr<std::string> FindModelIn(absl::Span<const std::string> folders) {
  for (const std::string& folder : folders) {
    const std::filesystem::path path =
        (std::filesystem::path(folder) / std::string(kShippedModelName)).lexically_normal();
    std::error_code ignored;
    if (std::filesystem::is_regular_file(path, ignored)) return path.string();
  }
  return absl::NotFoundError(absl::StrCat("no ", kShippedModelName, " in ", absl::StrJoin(folders, ", ")));
}

absl::StatusOr<std::string> FindShippedModel() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return FindModelIn(ShippedModelFolders(error ? "." : program.parent_path().string()));
}

}  // namespace staffroom::embeddings
