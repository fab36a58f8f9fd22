#include "service/recommend/item.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace staffroom {

Item FindItem(const ReadView& view, const ItemRef& ref) {
  switch (ref.kind) {
    case storage::ITEM_ACCOUNT:
      return Item(view.catalog.FindAccount(ref.id));
    case storage::ITEM_POST:
      return Item(view.catalog.FindPost(ref.id));
    case storage::ITEM_RESOURCE:
      return Item(view.catalog.FindResource(ref.id));
    default:
      return Item();
  }
}

absl::string_view IdOf(const ReadView& view, Item item) {
  switch (item.kind) {
    case storage::ITEM_ACCOUNT:
      return view.catalog.account(item.account()).id.view();
    case storage::ITEM_POST:
      return view.catalog.post(item.post()).id.view();
    case storage::ITEM_RESOURCE:
      return view.catalog.resource(item.resource()).id.view();
    default:
      return {};
  }
}

absl::string_view LabelOf(const ReadView& view, Item item) {
  switch (item.kind) {
    case storage::ITEM_ACCOUNT:
      return view.catalog.account(item.account()).display_name.view();
    case storage::ITEM_RESOURCE:
      return view.catalog.resource(item.resource()).title.view();
    default:
      return {};
  }
}

std::array<AccountOrdinal, 2> OwnersOf(const ReadView& view, Item item) {
  switch (item.kind) {
    case storage::ITEM_ACCOUNT:
      return {item.account(), AccountOrdinal()};
    case storage::ITEM_POST:
      return {view.catalog.post(item.post()).author, AccountOrdinal()};
    case storage::ITEM_RESOURCE: {
      const ResourceEntry& resource = view.catalog.resource(item.resource());
      return {resource.author, resource.publisher};
    }
    default:
      return {};
  }
}

bool Exists(const ReadView& view, Item item) {
  switch (item.kind) {
    case storage::ITEM_ACCOUNT:
      return view.catalog.account(item.account()).exists();
    case storage::ITEM_POST:
      return view.catalog.post(item.post()).exists();
    case storage::ITEM_RESOURCE:
      return view.catalog.resource(item.resource()).exists();
    default:
      return false;
  }
}

bool IsActive(const ReadView& view, Item item) {
  if (item.post() && view.catalog.post(item.post()).state != storage::ACTIVE) return false;
  if (item.resource() && view.catalog.resource(item.resource()).state != storage::ACTIVE) return false;
  for (const AccountOrdinal owner : OwnersOf(view, item)) {
    if (owner && view.catalog.account(owner).state != storage::ACTIVE) return false;
  }
  return true;
}

bool IsNoticeable(const ReadView& view, Item item) {
  if (!Exists(view, item)) return false;
  for (const AccountOrdinal owner : OwnersOf(view, item)) {
    if (owner && !IsNoticeable(view, owner)) return false;
  }
  return true;
}

absl::Span<const float> VectorOf(const ReadView& view, Item item) {
  switch (item.kind) {
    case storage::ITEM_ACCOUNT:
      return view.vectors.Profile(item.account());
    case storage::ITEM_POST:
      return view.vectors.Of(item.post());
    case storage::ITEM_RESOURCE:
      return view.vectors.Of(item.resource());
    default:
      return {};
  }
}

namespace {

// Four floats in one register, on whatever machine the compiler aims at.
using Lanes = float __attribute__((vector_size(16)));
constexpr size_t kLanes = 4;

Lanes Load(const float* values) {
  Lanes lanes;
  std::memcpy(&lanes, values, sizeof(lanes));
  return lanes;
}

}  // namespace

float Likeness(absl::Span<const float> a, absl::Span<const float> b) {
  if (a.empty() || a.size() != b.size()) return 0;
  const float* const left = a.data();
  const float* const right = b.data();
  constexpr size_t kStep = 4 * kLanes;  // four independent sums: an addition need not wait for the one before it
  Lanes sum0{}, sum1{}, sum2{}, sum3{};
  size_t i = 0;
  for (; i + kStep <= a.size(); i += kStep) {
    sum0 += Load(left + i) * Load(right + i);
    sum1 += Load(left + i + kLanes) * Load(right + i + kLanes);
    sum2 += Load(left + i + 2 * kLanes) * Load(right + i + 2 * kLanes);
    sum3 += Load(left + i + 3 * kLanes) * Load(right + i + 3 * kLanes);
  }
  const Lanes sums = (sum0 + sum1) + (sum2 + sum3);
  float sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  for (; i < a.size(); ++i) sum += left[i] * right[i];
  return std::clamp(sum, -1.0f, 1.0f);
}

}  // namespace staffroom
