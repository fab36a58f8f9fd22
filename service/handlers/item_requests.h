#ifndef STAFFROOM_SERVICE_HANDLERS_ITEM_REQUESTS_H_
#define STAFFROOM_SERVICE_HANDLERS_ITEM_REQUESTS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "service/base/errors.h"
#include "service/converters/account_converter.h"  // IWYU pragma: keep
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "service/converters/post_converter.h"      // IWYU pragma: keep
#include "service/converters/resource_converter.h"  // IWYU pragma: keep
#include "service/embedding/text_vectors.h"
#include "service/engine/not_found.h"
#include "service/handlers/catalog_parts.h"
#include "service/handlers/record_reader.h"
#include "storage/records.pb.h"
#include "storage/store.h"

// What accounts, posts and resources share: how an upsert becomes a mutation, how one thing is read.
namespace staffroom {

// The mutation of an upsert, with its vectors.
template <typename Request>
absl::StatusOr<storage::Mutation> PrepareUpsert(const CatalogParts& parts, const Request& request) {
  absl::StatusOr<storage::Mutation> mutation = ToMutation(request, parts.clock.Now());
  if (!mutation.ok()) return mutation;
  if (absl::Status status = AddVectors(parts.encoders.ForWrites(), parts.store, &*mutation); !status.ok())
    return status;
  return mutation;
}

// Answers Get…: FIELD_REQUIRED and the like about `id`; NOT_FOUND when there is none, or a stub. `item` is the response's field;
// `read` gives what exists of some ordinals.
template <typename Response, typename Message>
absl::StatusOr<Response> GetItem(
    const storage::Store& store, storage::ItemKind kind, const std::string& id, Message* (Response::*item)(),
    absl::FunctionRef<absl::StatusOr<std::vector<Message>>(const RecordReader&, absl::Span<const uint32_t>)> read) {
  FieldErrors errors;
  FieldChecks(&errors).Id(FieldPath("id"), id);
  if (!errors.empty()) return errors.ToStatus();
  const absl::StatusOr<RecordReader> reader = RecordReader::Open(store);
  if (!reader.ok()) return reader.status();
  const absl::StatusOr<uint32_t> ordinal = reader->Find(kind, id);
  if (!ordinal.ok()) return ordinal.status();
  if (*ordinal == 0) return NotFoundOf(kind, id);
  absl::StatusOr<std::vector<Message>> found = read(*reader, {*ordinal});
  if (!found.ok()) return found.status();
  if (found->empty()) return NotFoundOf(kind, id);
  Response response;
  *(response.*item)() = std::move(found->front());
  response.set_revision(reader->revision());
  return response;
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_ITEM_REQUESTS_H_
