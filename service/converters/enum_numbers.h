#ifndef STAFFROOM_SERVICE_CONVERTERS_ENUM_NUMBERS_H_
#define STAFFROOM_SERVICE_CONVERTERS_ENUM_NUMBERS_H_

#include "staffroom/v1/account.pb.h"
#include "staffroom/v1/post.pb.h"
#include "staffroom/v1/vocabulary.pb.h"
#include "storage/records.pb.h"

// The contract's enums and the records' have equal numbers, so a converter casts. Whoever changes one of them is stopped here.
namespace staffroom {

template <typename A, typename B>
constexpr bool SameNumber(A a, B b) {
  return static_cast<int>(a) == static_cast<int>(b);
}

static_assert(SameNumber(v1::Account::TEACHER, storage::TEACHER));
static_assert(SameNumber(v1::Account::ORGANIZATION, storage::ORGANIZATION));
static_assert(SameNumber(v1::Account::NETWORK, storage::NETWORK));
static_assert(SameNumber(v1::Account::Kind_MAX, storage::AccountKind_MAX));

static_assert(SameNumber(v1::Account::EVERYBODY, storage::EVERYBODY));
static_assert(SameNumber(v1::Account::FRIENDS_OF_FRIENDS, storage::FRIENDS_OF_FRIENDS));
static_assert(SameNumber(v1::Account::MY_ORGANIZATIONS, storage::MY_ORGANIZATIONS));
static_assert(SameNumber(v1::Account::NOBODY, storage::NOBODY));
static_assert(SameNumber(v1::Account::Exposure_MAX, storage::Exposure_MAX));

static_assert(SameNumber(v1::Account::VISIBLE, storage::VISIBLE));
static_assert(SameNumber(v1::Account::HIDDEN, storage::HIDDEN));
static_assert(SameNumber(v1::Account::FollowsVisibility_MAX, storage::FollowsVisibility_MAX));

static_assert(SameNumber(v1::Account::ON, storage::ON));
static_assert(SameNumber(v1::Account::OFF, storage::OFF));
static_assert(SameNumber(v1::Account::Profiling_MAX, storage::Profiling_MAX));

static_assert(SameNumber(v1::ModerationState::ACTIVE, storage::ACTIVE));
static_assert(SameNumber(v1::ModerationState::UNDER_REVIEW, storage::UNDER_REVIEW));
static_assert(SameNumber(v1::ModerationState::SUSPENDED, storage::SUSPENDED));
static_assert(SameNumber(v1::ModerationState::Value_MAX, storage::State_MAX));

static_assert(SameNumber(v1::Post::PUBLIC, storage::PUBLIC));
static_assert(SameNumber(v1::Post::FOLLOWERS, storage::FOLLOWERS));
static_assert(SameNumber(v1::Post::MY_ORGANIZATIONS, storage::AUDIENCE_MY_ORGANIZATIONS));
static_assert(SameNumber(v1::Post::Audience_MAX, storage::Audience_MAX));

static_assert(SameNumber(v1::ItemKind::ACCOUNT, storage::ITEM_ACCOUNT));
static_assert(SameNumber(v1::ItemKind::POST, storage::ITEM_POST));
static_assert(SameNumber(v1::ItemKind::RESOURCE, storage::ITEM_RESOURCE));
static_assert(SameNumber(v1::ItemKind::Value_MAX, storage::ItemKind_MAX));

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_CONVERTERS_ENUM_NUMBERS_H_
