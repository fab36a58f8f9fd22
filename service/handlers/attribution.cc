#include "service/handlers/attribution.h"

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "service/base/limits.h"
#include "service/base/ordinal.h"
#include "service/views/read_view.h"

namespace staffroom {
namespace {

uint32_t FindOrdinal(const Catalog& catalog, storage::ItemKind kind, const std::string& id) {
  switch (kind) {
    case storage::ITEM_POST:
      return catalog.FindPost(id).value();
    case storage::ITEM_RESOURCE:
      return catalog.FindResource(id).value();
    default:
      return catalog.FindAccount(id).value();
  }
}

}  // namespace

Attribution::Attribution(const Sealer* sealer, const Clock* clock, const Views* views)
    : tokens_(sealer, &beginning_), clock_(*clock), views_(*views) {}

v1::AttributionState::Value Attribution::Apply(uint64_t epoch, const std::string& token,
                                               storage::Mutation::WriteInteraction* body) const {
  if (token.empty()) return v1::AttributionState::ATTRIBUTION_STATE_UNSPECIFIED;
  const absl::StatusOr<AttributionToken> opened = tokens_.Open(epoch, token);
  if (!opened.ok()) return v1::AttributionState::FOREIGN;
  AccountOrdinal actor;
  uint32_t target = 0;
  const storage::ItemKind target_kind = body->record().target_kind();
  views_.Read([&](const ReadView& view) {
    actor = view.catalog.FindAccount(body->actor_id());
    target = FindOrdinal(view.catalog, target_kind, body->target_id());
  });
  const bool is_askers = !opened->asker || opened->asker == actor;
  if (!is_askers || target == 0 || opened->Find(static_cast<uint8_t>(target_kind), target) == nullptr) {
    return v1::AttributionState::FOREIGN;
  }
  if (clock_.Now() >= opened->time + limits::kAttributionTokenLife) return v1::AttributionState::EXPIRED;
  body->mutable_record()->set_attributed(true);
  return v1::AttributionState::ATTRIBUTED;
}

}  // namespace staffroom
