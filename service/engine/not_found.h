#ifndef STAFFROOM_SERVICE_ENGINE_NOT_FOUND_H_
#define STAFFROOM_SERVICE_ENGINE_NOT_FOUND_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/base/errors.h"
#include "storage/records.pb.h"

namespace staffroom {

// The NOT_FOUND of a kind of item.
inline absl::Status NotFoundOf(storage::ItemKind kind, absl::string_view id) {
  switch (kind) {
    case storage::ITEM_POST:
      return PostNotFound(id);
    case storage::ITEM_RESOURCE:
      return ResourceNotFound(id);
    default:
      return AccountNotFound(id);
  }
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_ENGINE_NOT_FOUND_H_
