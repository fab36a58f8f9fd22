// Decisions about accounts, posts and resources: what an upsert leaves, what a deletion begins.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "service/base/errors.h"
#include "service/engine/batch_decider.h"
#include "service/engine/not_found.h"
#include "service/engine/record_merge.h"
#include "service/engine/text_fingerprint.h"
#include "storage/record_io.h"
#include "storage/records.pb.h"

namespace staffroom {
namespace {

std::vector<std::string> MaskOf(const google::protobuf::RepeatedPtrField<std::string>& mask) {
  return std::vector<std::string>(mask.begin(), mask.end());
}

bool Names(absl::Span<const std::string> mask, absl::string_view field) {
  return mask.empty() || std::find(mask.begin(), mask.end(), field) != mask.end();
}

// What stood under an id: the record, unless there is none or it is a stub.
template <typename Record>
const Record* Standing(const absl::optional<Record>& record) {
  return record.has_value() && !record->stub() ? &*record : nullptr;
}

// The fields of the item whose text is not empty and the same as before.
template <typename Record>
std::vector<storage::TextField> UnchangedTexts(storage::ItemKind kind, const Record* before, const Record& after) {
  std::vector<storage::TextField> unchanged;
  if (before == nullptr) return unchanged;
  for (const storage::TextField field : TextFieldsOf(kind)) {
    const uint64_t fingerprint = TextFingerprint(after, field);
    if (fingerprint != 0 && fingerprint == TextFingerprint(*before, field)) unchanged.push_back(field);
  }
  return unchanged;
}

}  // namespace

BatchDecider::Decision BatchDecider::UpsertAccount(const storage::Mutation& mutation) {
  const storage::Mutation::UpsertAccount& body = mutation.upsert_account();
  const std::string& id = body.record().id();
  const std::vector<std::string> mask = MaskOf(body.mask());
  absl::optional<storage::AccountRecord> stored;
  if (const uint32_t known = Find(storage::ITEM_ACCOUNT, id); known != 0) {
    absl::StatusOr<absl::optional<storage::AccountRecord>> read = storage::GetAccount(snapshot_, known);
    if (!read.ok()) return read.status();
    stored = *std::move(read);
  }
  const storage::AccountRecord* before = Standing(stored);
  if (before == nullptr && !mask.empty()) return AccountNotFound(id);
  storage::AccountRecord record = body.record();
  if (!mask.empty()) {
    record = *before;
    CopyMasked(body.record(), mask, &record);
  } else if (before != nullptr) {
    KeepUnlessSet(*before, body.has_verified(), &record);
  }
  const absl::StatusOr<uint32_t> ordinal = FindOrAllocate(storage::ITEM_ACCOUNT, id);
  if (!ordinal.ok()) return ordinal.status();
  record.set_id(id);
  record.set_ordinal(*ordinal);
  record.set_stub(false);
  record.set_update_time(now());
  if (record.create_time() == 0) record.set_create_time(before != nullptr ? before->create_time() : now());
  const bool profiled = record.profiling() != storage::OFF;
  Put(record);
  const absl::Status status = PutVectors({storage::ITEM_ACCOUNT, *ordinal}, stored.has_value(), profiled, mutation,
                                         mask, [&] { return UnchangedTexts(storage::ITEM_ACCOUNT, before, record); });
  if (!status.ok()) return status;
  return Outcome::kApplied;
}

BatchDecider::Decision BatchDecider::UpsertPost(const storage::Mutation& mutation) {
  const storage::Mutation::UpsertPost& body = mutation.upsert_post();
  const std::string& id = body.record().id();
  const std::vector<std::string> mask = MaskOf(body.mask());
  const absl::StatusOr<absl::optional<storage::PostRecord>> read = ReadPostToReplace(id);
  if (!read.ok()) return read.status();
  const absl::optional<storage::PostRecord>& stored = *read;
  const storage::PostRecord* before = Standing(stored);
  if (before == nullptr && !mask.empty()) return PostNotFound(id);
  const bool names_author = Names(mask, "author");
  if (before != nullptr && names_author && Find(storage::ITEM_ACCOUNT, body.author_id()) != before->author()) {
    return InvalidField("post.author_id", reason::kFieldOutOfRange,
                        "a post keeps its author: delete it and write another");
  }
  std::vector<std::pair<storage::ItemKind, std::string>> named;
  if (names_author) named.emplace_back(storage::ITEM_ACCOUNT, body.author_id());
  if (Names(mask, "in_reply_to") && !body.in_reply_to_id().empty())
    named.emplace_back(storage::ITEM_POST, body.in_reply_to_id());
  if (Names(mask, "resources")) {
    for (const std::string& resource : body.resource_ids()) named.emplace_back(storage::ITEM_RESOURCE, resource);
  }
  for (const auto& [kind, named_id] : named) {
    if (absl::Status status = CheckKnown(kind, named_id, body.create_stubs()); !status.ok()) return status;
  }
  storage::PostRecord given = body.record();
  if (names_author) given.set_author(FindOrStub(storage::ITEM_ACCOUNT, body.author_id()));
  const absl::StatusOr<uint32_t> ordinal = FindOrAllocate(storage::ITEM_POST, id);
  if (!ordinal.ok()) return ordinal.status();
  given.set_in_reply_to(Names(mask, "in_reply_to") ? FindOrStub(storage::ITEM_POST, body.in_reply_to_id()) : 0);
  if (Names(mask, "resources")) {
    for (const std::string& resource : body.resource_ids())
      given.add_resources(FindOrStub(storage::ITEM_RESOURCE, resource));
  }
  storage::PostRecord record = given;
  if (!mask.empty()) {
    record = *before;
    CopyMasked(given, mask, &record);
  } else if (before != nullptr && record.state() == storage::STATE_UNSPECIFIED) {
    record.set_state(before->state());
  }
  record.set_id(id);
  record.set_ordinal(*ordinal);
  record.set_stub(false);
  record.set_update_time(now());
  if (record.create_time() == 0) record.set_create_time(before != nullptr ? before->create_time() : now());
  if (stored.has_value() && stored->author() != record.author()) storage::DeletePost(&batch_, *stored);
  Put(record, before != nullptr ? before->author() : 0);
  const absl::Status status = PutVectors({storage::ITEM_POST, *ordinal}, stored.has_value(), true, mutation, mask,
                                         [&] { return UnchangedTexts(storage::ITEM_POST, before, record); });
  if (!status.ok()) return status;
  return Outcome::kApplied;
}

// The record under a post's id. One whose author is erased is as good as gone (GetPost says so already): its purge, which is
// still to come, is begun here, and the id is free for another post.
absl::StatusOr<absl::optional<storage::PostRecord>> BatchDecider::ReadPostToReplace(const std::string& id) {
  const uint32_t known = Find(storage::ITEM_POST, id);
  if (known == 0) return absl::optional<storage::PostRecord>();
  absl::StatusOr<absl::optional<storage::PostRecord>> post = storage::GetPost(snapshot_, known);
  if (!post.ok() || !post->has_value() || (*post)->author() == 0) return post;
  const absl::StatusOr<absl::optional<storage::AccountRecord>> author =
      storage::GetAccount(snapshot_, (*post)->author());
  if (!author.ok()) return author.status();
  if (author->has_value()) return post;
  ErasePost(**post);
  Bury({storage::ITEM_POST, known}, id);
  return absl::optional<storage::PostRecord>();
}

BatchDecider::Decision BatchDecider::UpsertResource(const storage::Mutation& mutation) {
  const storage::Mutation::UpsertResource& body = mutation.upsert_resource();
  const std::string& id = body.record().id();
  const std::vector<std::string> mask = MaskOf(body.mask());
  absl::optional<storage::ResourceRecord> stored;
  if (const uint32_t known = Find(storage::ITEM_RESOURCE, id); known != 0) {
    absl::StatusOr<absl::optional<storage::ResourceRecord>> read = storage::GetResource(snapshot_, known);
    if (!read.ok()) return read.status();
    stored = *std::move(read);
  }
  const storage::ResourceRecord* before = Standing(stored);
  if (before == nullptr && !mask.empty()) return ResourceNotFound(id);
  const bool names_author = Names(mask, "author") && !body.author_id().empty();
  const bool names_publisher = Names(mask, "publisher") && !body.publisher_id().empty();
  for (const auto& [named, account] :
       {std::make_pair(names_author, &body.author_id()), std::make_pair(names_publisher, &body.publisher_id())}) {
    if (!named) continue;
    if (absl::Status status = CheckKnown(storage::ITEM_ACCOUNT, *account, body.create_stubs()); !status.ok())
      return status;
  }
  storage::ResourceRecord given = body.record();
  if (names_author) given.set_author(FindOrStub(storage::ITEM_ACCOUNT, body.author_id()));
  if (names_publisher) given.set_publisher(FindOrStub(storage::ITEM_ACCOUNT, body.publisher_id()));
  storage::ResourceRecord record = given;
  if (!mask.empty()) {
    record = *before;
    CopyMasked(given, mask, &record);
  } else if (before != nullptr && record.state() == storage::STATE_UNSPECIFIED) {
    record.set_state(before->state());
  }
  const absl::StatusOr<uint32_t> ordinal = FindOrAllocate(storage::ITEM_RESOURCE, id);
  if (!ordinal.ok()) return ordinal.status();
  record.set_id(id);
  record.set_ordinal(*ordinal);
  record.set_stub(false);
  record.set_update_time(now());
  if (record.publish_time() == 0) record.set_publish_time(before != nullptr ? before->publish_time() : now());
  if (before != nullptr && before->author() != record.author()) {
    const absl::Status kept = KeepReports({storage::ITEM_RESOURCE, *ordinal}, before->author());
    if (!kept.ok()) return kept;
  }
  Put(record, before != nullptr ? before->author() : 0);
  const absl::Status status = PutVectors({storage::ITEM_RESOURCE, *ordinal}, stored.has_value(), true, mutation, mask,
                                         [&] { return UnchangedTexts(storage::ITEM_RESOURCE, before, record); });
  if (!status.ok()) return status;
  return Outcome::kApplied;
}

// The small half of a deletion: the item is gone everywhere at once; what others did to it follows in slices (Purge).
BatchDecider::Decision BatchDecider::DeleteItem(const storage::Mutation::DeleteItem& body) {
  const storage::Item item{body.kind(), Find(body.kind(), body.id())};
  if (item.ordinal == 0) return NotFoundOf(body.kind(), body.id());
  if (item.kind == storage::ITEM_ACCOUNT) {
    const absl::StatusOr<absl::optional<storage::AccountRecord>> record = storage::GetAccount(snapshot_, item.ordinal);
    if (!record.ok()) return record.status();
    if (!record->has_value()) return NotFoundOf(body.kind(), body.id());
    storage::DeleteAccount(&batch_, **record);
    changes_.emplace_back(AccountErased{AccountOrdinal(item.ordinal)});
  } else if (item.kind == storage::ITEM_POST) {
    const absl::StatusOr<absl::optional<storage::PostRecord>> record = storage::GetPost(snapshot_, item.ordinal);
    if (!record.ok()) return record.status();
    if (!record->has_value()) return NotFoundOf(body.kind(), body.id());
    if (absl::Status status = KeepReports(item, (*record)->author()); !status.ok()) return status;
    ErasePost(**record);
  } else {
    const absl::StatusOr<absl::optional<storage::ResourceRecord>> record =
        storage::GetResource(snapshot_, item.ordinal);
    if (!record.ok()) return record.status();
    if (!record->has_value()) return NotFoundOf(body.kind(), body.id());
    if (absl::Status status = KeepReports(item, (*record)->author()); !status.ok()) return status;
    storage::DeleteResource(&batch_, **record);
    changes_.emplace_back(
        ResourceErased{ResourceOrdinal(item.ordinal), AccountOrdinal((*record)->stub() ? 0 : (*record)->author())});
  }
  Bury(item, body.id());
  return Outcome::kApplied;
}

void BatchDecider::Bury(storage::Item item, const std::string& id) {
  storage::DeleteVectors(&batch_, item);
  storage::PutErasedId(&batch_, item.kind, id, now());
  storage::PutPurge(&batch_, item, now());
  purges_.push_back(item);
  SetOrdinal(item.kind, id, 0);
}

void BatchDecider::ErasePost(const storage::PostRecord& record) {
  storage::DeletePost(&batch_, record);
  changes_.emplace_back(PostErased{PostOrdinal(record.ordinal()), AccountOrdinal(record.stub() ? 0 : record.author())});
}

void BatchDecider::Put(const storage::AccountRecord& record) {
  storage::PutAccount(&batch_, record);
  changes_.emplace_back(AccountChanged{record});
}

void BatchDecider::Put(const storage::PostRecord& record, uint32_t author_before) {
  storage::PutPost(&batch_, record);
  changes_.emplace_back(PostChanged{record, AccountOrdinal(author_before)});
}

void BatchDecider::Put(const storage::ResourceRecord& record, uint32_t author_before) {
  storage::PutResource(&batch_, record);
  changes_.emplace_back(ResourceChanged{record, AccountOrdinal(author_before)});
}

// Leaves the item with exactly the vectors that belong to its texts as they now stand. `exists`: there may be old ones;
// `keep`: false when nothing may be derived about the item (profiling off).
// What the serving model made of texts that stay as they are is kept where the write does not bring it: its encoder may be gone.
absl::Status BatchDecider::PutVectors(storage::Item item, bool exists, bool keep, const storage::Mutation& mutation,
                                      absl::Span<const std::string> mask,
                                      absl::FunctionRef<std::vector<storage::TextField>()> unchanged) {
  VectorsChanged changed{item.kind, item.ordinal, {}};
  std::vector<storage::TextField> written;
  if (mask.empty()) {
    const absl::Span<const storage::TextField> fields = TextFieldsOf(item.kind);
    written.assign(fields.begin(), fields.end());
  } else {
    for (const std::string& name : mask) written.push_back(TextFieldOf(name));
    for (const storage::VectorRecord& vector : mutation.vectors()) written.push_back(vector.field());
  }
  std::vector<storage::VectorRecord> brought;
  for (const storage::VectorRecord& vector : mutation.vectors()) {
    storage::VectorRecord wanted = vector;
    KeepWanted(&wanted);
    if (keep && !wanted.values().empty()) brought.push_back(std::move(wanted));
  }
  if (exists && keep && !BringsServing(brought)) {  // seldom: its encoder is gone, or there is no text
    std::vector<storage::TextField> rewritten;
    for (const storage::TextField field : unchanged()) {
      if (std::find(written.begin(), written.end(), field) != written.end()) rewritten.push_back(field);
    }
    if (absl::Status kept = KeepServing(item, rewritten, &brought); !kept.ok()) return kept;
  }
  if (exists && keep && !mask.empty()) {
    absl::StatusOr<std::vector<storage::VectorRecord>> stored = ReadVectors(item);
    if (!stored.ok()) return stored.status();
    for (storage::VectorRecord& vector : *stored) {
      const bool is_brought = std::any_of(brought.begin(), brought.end(),
                                          [&vector](const auto& other) { return other.field() == vector.field(); });
      const bool replaced = is_brought || std::find(written.begin(), written.end(), vector.field()) != written.end();
      if (!replaced) changed.vectors.push_back(std::move(vector));
    }
  }
  if (exists) {
    for (const storage::TextField field : keep ? absl::MakeConstSpan(written) : TextFieldsOf(item.kind)) {
      if (field != storage::TEXT_FIELD_UNSPECIFIED) storage::DeleteVector(&batch_, {item, field});
    }
  }
  for (storage::VectorRecord& vector : brought) {
    storage::PutVector(&batch_, item, vector);
    changed.vectors.push_back(std::move(vector));
  }
  changes_.emplace_back(std::move(changed));
  return absl::OkStatus();
}

bool BatchDecider::BringsServing(absl::Span<const storage::VectorRecord> brought) const {
  return std::any_of(brought.begin(), brought.end(), [this](const storage::VectorRecord& vector) {
    return !storage::ValuesOf(vector, meta_.models.serving).empty();
  });
}

absl::Status BatchDecider::KeepServing(storage::Item item, absl::Span<const storage::TextField> unchanged,
                                       std::vector<storage::VectorRecord>* brought) const {
  const std::string& serving = meta_.models.serving;
  if (serving.empty() || unchanged.empty()) return absl::OkStatus();
  const absl::StatusOr<std::vector<storage::VectorRecord>> stored = ReadVectors(item);
  if (!stored.ok()) return stored.status();
  for (const storage::VectorRecord& before : *stored) {
    const absl::string_view values = storage::ValuesOf(before, serving);
    if (values.empty() || std::find(unchanged.begin(), unchanged.end(), before.field()) == unchanged.end()) continue;
    const auto found = std::find_if(brought->begin(), brought->end(), [&before](const storage::VectorRecord& vector) {
      return vector.field() == before.field();
    });
    if (found == brought->end()) {
      brought->push_back(before);
    } else {
      storage::SetValues(serving, values, &*found);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<storage::VectorRecord>> BatchDecider::ReadVectors(storage::Item item) const {
  std::vector<storage::VectorRecord> vectors;
  for (const storage::TextField field : TextFieldsOf(item.kind)) {
    absl::StatusOr<absl::optional<storage::VectorRecord>> vector = storage::GetVector(snapshot_, {item, field});
    if (!vector.ok()) return vector.status();
    if (vector->has_value()) vectors.push_back(**std::move(vector));
  }
  return vectors;
}

}  // namespace staffroom
