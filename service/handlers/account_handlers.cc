#include "service/handlers/account_handlers.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "service/base/errors.h"
#include "service/base/ordinal.h"
#include "service/converters/account_converter.h"
#include "service/handlers/batch_write.h"
#include "service/handlers/erasure_counts.h"
#include "service/handlers/item_requests.h"
#include "service/handlers/list_page.h"
#include "service/handlers/record_reader.h"
#include "service/handlers/write_reply.h"
#include "service/views/read_view.h"
#include "staffroom/v1/account.pb.h"
#include "storage/records.pb.h"

namespace staffroom {

void AccountHandlers::UpsertAccount(const std::shared_ptr<const CallContext>&, const v1::UpsertAccountRequest& request,
                                    Reply<v1::UpsertAccountResponse> reply) const {
  absl::StatusOr<storage::Mutation> mutation = PrepareUpsert(parts_, request);
  if (!mutation.ok()) return reply(mutation.status());
  SubmitAndReply(parts_.engine, *std::move(mutation), v1::UpsertAccountResponse(), std::move(reply));
}

void AccountHandlers::BatchUpsertAccounts(const std::shared_ptr<const CallContext>& context,
                                          const v1::BatchUpsertAccountsRequest& request,
                                          Reply<v1::BatchUpsertAccountsResponse> reply) const {
  ReplyToBatch(
      {parts_.engine, parts_.log}, *context, request,
      [this](const v1::UpsertAccountRequest& item) { return BatchItem{PrepareUpsert(parts_, item)}; },
      std::move(reply));
}

void AccountHandlers::GetAccount(const std::shared_ptr<const CallContext>&, const v1::GetAccountRequest& request,
                                 Reply<v1::GetAccountResponse> reply) const {
  reply(GetItem<v1::GetAccountResponse, v1::Account>(
      parts_.store, storage::ITEM_ACCOUNT, request.id(), &v1::GetAccountResponse::mutable_account,
      [this](const RecordReader& reader, absl::Span<const uint32_t> ordinals) { return Read(reader, ordinals); }));
}

void AccountHandlers::DeleteAccount(const std::shared_ptr<const CallContext>& context,
                                    const v1::DeleteAccountRequest& request,
                                    Reply<v1::DeleteAccountResponse> reply) const {
  absl::StatusOr<storage::Mutation> mutation = ToMutation(request);
  if (!mutation.ok()) return reply(mutation.status());
  if (!request.validate_only()) {
    return SubmitAndReply(parts_.engine, *std::move(mutation), v1::DeleteAccountResponse(), std::move(reply));
  }
  const absl::StatusOr<RecordReader> reader = RecordReader::Open(parts_.store);
  if (!reader.ok()) return reply(reader.status());
  absl::StatusOr<v1::DeleteAccountResponse::Counts> counts = CountErasure(*reader, request.id(), *context);
  if (!counts.ok()) return reply(counts.status());
  v1::DeleteAccountResponse response;
  *response.mutable_counts() = *std::move(counts);
  response.set_revision(reader->revision());
  reply(std::move(response));
}

void AccountHandlers::ListAccounts(const std::shared_ptr<const CallContext>& context,
                                   const v1::ListAccountsRequest& request,
                                   Reply<v1::ListAccountsResponse> reply) const {
  reply(ListPage<v1::ListAccountsResponse, v1::Account>(
      parts_.store, parts_.list_tokens, *context, storage::ITEM_ACCOUNT, request,
      &v1::ListAccountsResponse::mutable_accounts,
      [this](const RecordReader& reader, absl::Span<const uint32_t> ordinals) { return Read(reader, ordinals); }));
}

absl::StatusOr<std::vector<v1::Account>> AccountHandlers::Read(const RecordReader& reader,
                                                               absl::Span<const uint32_t> ordinals) const {
  const absl::StatusOr<std::vector<storage::AccountRecord>> records = reader.Accounts(ordinals);
  if (!records.ok()) return records.status();
  std::vector<v1::Account> accounts;
  for (const storage::AccountRecord& record : *records) accounts.push_back(ToMessage(record, parts_.default_exposure));
  // The counts may be newer than the records: the one thing here that is not from the store.
  parts_.views.Read([&](const ReadView& view) {
    for (size_t i = 0; i < accounts.size(); ++i) {
      const AccountOrdinal ordinal((*records)[i].ordinal());
      accounts[i].set_follower_count(view.graph.FollowerCount(ordinal));
      accounts[i].set_following_count(static_cast<int64_t>(view.graph.Following(ordinal).size()));
    }
  });
  return accounts;
}

}  // namespace staffroom
