#include "service/recommend/similar_teachers.h"

#include "absl/functional/function_ref.h"

namespace staffroom {

bool IsSimilarTeacher(const Asking& asking, AccountOrdinal account) {
  return account != asking.asker && asking.view.catalog.account(account).kind == storage::TEACHER &&
         asking.view.engagement.Contributes(account) && MayBeNamed(asking, Item(account));
}

void ForEachUser(const ReadView& view, Item item, bool (*wanted)(storage::InteractionKind),
                 absl::FunctionRef<void(AccountOrdinal)> visit) {
  AccountOrdinal last;
  for (const ItemActor act : view.engagement.ActorsOf(item.kind, item.ordinal)) {
    if (act.actor() == last || !wanted(act.kind())) continue;
    last = act.actor();
    if (view.engagement.Contributes(last)) visit(last);
  }
}

}  // namespace staffroom
