#ifndef STAFFROOM_SERVICE_HANDLERS_LIST_PAGE_H_
#define STAFFROOM_SERVICE_HANDLERS_LIST_PAGE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "service/base/limits.h"
#include "service/converters/field_checks.h"
#include "service/converters/field_path.h"
#include "service/dispatch/call_context.h"
#include "service/handlers/record_reader.h"
#include "service/tokens/fingerprint.h"
#include "service/tokens/list_token.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

// One page of all things of a kind, in the order of their ids. A page ends early when it grows heavy (callers receive 4 MiB
// unless they ask for more) or when the way was long (stubs are passed over); next_page_token then goes on where it ended.
namespace staffroom {

inline constexpr size_t kPageBytes = 2 << 20;
inline constexpr size_t kPageIdsPassed = 10'000;
inline constexpr size_t kPageSlice = 100;

// Fills `messages`; returns the id after which the next page begins, "" when nothing is left. `read` gives what exists of some
// ordinals, in their order.
template <typename Message>
absl::StatusOr<std::string> FillPage(
    const RecordReader& reader, storage::ItemKind kind, std::string after, size_t page_size, const CallContext& context,
    absl::FunctionRef<absl::StatusOr<std::vector<Message>>(absl::Span<const uint32_t>)> read,
    google::protobuf::RepeatedPtrField<Message>* messages) {
  size_t bytes = 0;
  for (size_t passed = 0; passed < kPageIdsPassed;) {
    if (context.IsCancelled()) return absl::CancelledError("nobody waits for this list any more");
    const size_t room = page_size - static_cast<size_t>(messages->size());
    const size_t limit = std::min(room, kPageSlice);
    const absl::StatusOr<std::vector<storage::IdEntry>> entries =
        storage::ScanIds(reader.snapshot(), kind, after, limit);
    if (!entries.ok()) return entries.status();
    if (entries->empty()) return std::string();
    std::vector<uint32_t> ordinals;
    for (const storage::IdEntry& entry : *entries) ordinals.push_back(entry.ordinal);
    absl::StatusOr<std::vector<Message>> found = read(ordinals);
    if (!found.ok()) return found.status();
    for (Message& message : *found) {
      bytes += message.ByteSizeLong();
      if (bytes > kPageBytes && !messages->empty()) return messages->rbegin()->id();
      *messages->Add() = std::move(message);
    }
    after = entries->back().id;
    passed += entries->size();
    if (static_cast<size_t>(messages->size()) == page_size) break;
  }
  const absl::StatusOr<std::vector<storage::IdEntry>> rest = storage::ScanIds(reader.snapshot(), kind, after, 1);
  if (!rest.ok()) return rest.status();
  return rest->empty() ? std::string() : after;
}

// The number of items on a page; FIELD_OUT_OF_RANGE.
inline absl::StatusOr<size_t> PageSize(int32_t page_size) {
  FieldErrors errors;
  FieldChecks(&errors).Range(FieldPath("page_size"), page_size, 0, limits::kPageSizeMax);
  if (!errors.empty()) return errors.ToStatus();
  return static_cast<size_t>(page_size == 0 ? limits::kPageSizeDefault : page_size);
}

// Answers List…: `items` is the response's list, `rpc` tells the tokens of one list from those of another.
template <typename Response, typename Message, typename Request>
absl::StatusOr<Response> ListPage(
    const storage::Store& store, const ListTokens& tokens, const CallContext& context, storage::ItemKind kind,
    const Request& request, google::protobuf::RepeatedPtrField<Message>* (Response::*items)(),
    absl::FunctionRef<absl::StatusOr<std::vector<Message>>(const RecordReader&, absl::Span<const uint32_t>)> read) {
  const absl::StatusOr<size_t> page_size = PageSize(request.page_size());
  if (!page_size.ok()) return page_size.status();
  const uint64_t request_hash = Fingerprint(Request::descriptor()->full_name());
  std::string after;
  if (!request.page_token().empty()) {
    absl::StatusOr<std::string> position = tokens.Open(request_hash, request.page_token());
    if (!position.ok()) return position.status();
    after = *std::move(position);
  }
  const absl::StatusOr<RecordReader> reader = RecordReader::Open(store);
  if (!reader.ok()) return reader.status();
  Response response;
  const absl::StatusOr<std::string> next = FillPage<Message>(
      *reader, kind, std::move(after), *page_size, context,
      [&](absl::Span<const uint32_t> ordinals) { return read(*reader, ordinals); }, (response.*items)());
  if (!next.ok()) return next.status();
  if (!next->empty()) response.set_next_page_token(tokens.Seal(request_hash, *next));
  response.set_revision(reader->revision());
  return response;
}

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_LIST_PAGE_H_
