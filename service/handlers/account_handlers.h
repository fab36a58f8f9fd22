#ifndef STAFFROOM_SERVICE_HANDLERS_ACCOUNT_HANDLERS_H_
#define STAFFROOM_SERVICE_HANDLERS_ACCOUNT_HANDLERS_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "service/dispatch/call_context.h"
#include "service/dispatch/reply.h"
#include "service/handlers/catalog_parts.h"
#include "service/handlers/record_reader.h"
#include "staffroom/v1/catalog_accounts.pb.h"

namespace staffroom {

// The accounts of CatalogService. Thread-safe.
class AccountHandlers {
 public:
  explicit AccountHandlers(const CatalogParts& parts) : parts_(parts) {}

  void UpsertAccount(const std::shared_ptr<const CallContext>& context, const v1::UpsertAccountRequest& request,
                     Reply<v1::UpsertAccountResponse> reply) const;
  void BatchUpsertAccounts(const std::shared_ptr<const CallContext>& context,
                           const v1::BatchUpsertAccountsRequest& request,
                           Reply<v1::BatchUpsertAccountsResponse> reply) const;
  void GetAccount(const std::shared_ptr<const CallContext>& context, const v1::GetAccountRequest& request,
                  Reply<v1::GetAccountResponse> reply) const;
  // Slow with validate_only: it walks everything that the account left behind.
  void DeleteAccount(const std::shared_ptr<const CallContext>& context, const v1::DeleteAccountRequest& request,
                     Reply<v1::DeleteAccountResponse> reply) const;
  void ListAccounts(const std::shared_ptr<const CallContext>& context, const v1::ListAccountsRequest& request,
                    Reply<v1::ListAccountsResponse> reply) const;

 private:
  absl::StatusOr<std::vector<v1::Account>> Read(const RecordReader& reader, absl::Span<const uint32_t> ordinals) const;

  const CatalogParts parts_;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_HANDLERS_ACCOUNT_HANDLERS_H_
