// Bad posts, resources, reads and interactions.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "staffroom/v1/catalog_accounts.pb.h"
#include "staffroom/v1/catalog_posts.pb.h"
#include "staffroom/v1/catalog_resources.pb.h"
#include "staffroom/v1/interaction_service.pb.h"
#include "tests/integration/bad_requests.h"

namespace staffroom {
namespace {

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;
constexpr absl::StatusCode kMissing = absl::StatusCode::kNotFound;

template <typename Request, typename Spoil>
std::string Spoiled(Request request, const Spoil& spoil) {
  spoil(request);
  return request.SerializeAsString();
}

v1::UpsertPostRequest GoodPost() {
  v1::UpsertPostRequest request;
  request.mutable_post()->set_id("other-note");
  request.mutable_post()->set_author_id("ada");
  return request;
}

v1::UpsertResourceRequest GoodResource() {
  v1::UpsertResourceRequest request;
  request.mutable_resource()->set_id("tiles");
  request.mutable_resource()->set_kind(v1::Resource::ARTICLE);
  return request;
}

// Ada follows Ben.
v1::Interaction Follow() {
  v1::Interaction follow;
  follow.set_actor_id("ada");
  follow.set_kind(v1::Interaction::FOLLOW);
  follow.set_account_id("ben");
  return follow;
}

template <typename Spoil>
BadRequest BadWrite(const std::string& name, const std::string& reason, const std::string& field, const Spoil& spoil,
                    absl::StatusCode code = kInvalid) {
  v1::WriteInteractionRequest request;
  *request.mutable_interaction() = Follow();
  spoil(*request.mutable_interaction());
  return {name, "InteractionService/WriteInteraction", request.SerializeAsString(), code, reason, field};
}

}  // namespace

std::vector<BadRequest> BadThings() {
  const std::string post = "CatalogService/UpsertPost";
  const std::string resource = "CatalogService/UpsertResource";
  v1::GetAccountRequest nobody;
  nobody.set_id("nobody");
  v1::DeleteAccountRequest erase_nobody;
  erase_nobody.set_id("nobody");
  v1::ListAccountsRequest negative_page;
  negative_page.set_page_size(-1);
  v1::ListAccountsRequest great_page;
  great_page.set_page_size(1001);
  v1::ListAccountsRequest bad_token;
  bad_token.set_page_token("not a token");
  v1::BatchUpsertAccountsRequest great_batch;
  for (int i = 0; i < 1001; ++i) great_batch.add_requests();
  return {
      {"APostWithoutAnAuthor", post, Spoiled(GoodPost(), [](auto& r) { r.mutable_post()->clear_author_id(); }),
       kInvalid, "FIELD_REQUIRED", "post.author_id"},
      {"APostByAStranger", post, Spoiled(GoodPost(), [](auto& r) { r.mutable_post()->set_author_id("nobody"); }),
       kMissing, "ACCOUNT_NOT_FOUND", "nobody"},
      {"APostOnAMissingResource", post,
       Spoiled(GoodPost(), [](auto& r) { r.mutable_post()->add_resource_ids("gone"); }), kMissing, "RESOURCE_NOT_FOUND",
       "gone"},
      {"ATooLongPost", post,
       Spoiled(GoodPost(), [](auto& r) { r.mutable_post()->set_text(std::string(16 * 1024 + 1, 't')); }), kInvalid,
       "FIELD_TOO_LONG", "post.text"},
      {"APostThatChangesItsAuthor", post,
       Spoiled(GoodPost(),
               [](auto& r) {
                 r.mutable_post()->set_id("note");
                 r.mutable_post()->set_author_id("ben");
               }),
       kInvalid, "FIELD_OUT_OF_RANGE", "post.author_id"},
      {"AResourceWithoutAKind", resource, Spoiled(GoodResource(), [](auto& r) { r.mutable_resource()->clear_kind(); }),
       kInvalid, "FIELD_REQUIRED", "resource.kind"},
      {"NegativeMinutes", resource, Spoiled(GoodResource(), [](auto& r) { r.mutable_resource()->set_minutes(-1); }),
       kInvalid, "FIELD_OUT_OF_RANGE", "resource.minutes"},
      {"AResourceByAStranger", resource,
       Spoiled(GoodResource(), [](auto& r) { r.mutable_resource()->set_publisher_id("nobody"); }), kMissing,
       "ACCOUNT_NOT_FOUND", "nobody"},
      {"GettingNobody", "CatalogService/GetAccount", nobody.SerializeAsString(), kMissing, "ACCOUNT_NOT_FOUND",
       "nobody"},
      {"GettingWithoutAnId", "CatalogService/GetAccount", "", kInvalid, "FIELD_REQUIRED", "id"},
      {"ErasingNobody", "CatalogService/DeleteAccount", erase_nobody.SerializeAsString(), kMissing, "ACCOUNT_NOT_FOUND",
       "nobody"},
      {"ANegativePageSize", "CatalogService/ListAccounts", negative_page.SerializeAsString(), kInvalid,
       "FIELD_OUT_OF_RANGE", "page_size"},
      {"APageSizeOf1001", "CatalogService/ListAccounts", great_page.SerializeAsString(), kInvalid, "FIELD_OUT_OF_RANGE",
       "page_size"},
      {"AMalformedListToken", "CatalogService/ListAccounts", bad_token.SerializeAsString(), kInvalid,
       "PAGE_TOKEN_INVALID", "page_token"},
      {"ABatchOf1001", "CatalogService/BatchUpsertAccounts", great_batch.SerializeAsString(), kInvalid,
       "TOO_MANY_ITEMS", "requests"},
  };
}

std::vector<BadRequest> BadInteractions() {
  using Act = v1::Interaction;
  const auto at = [](Act& act, absl::Time time) { act.mutable_event_time()->set_seconds(absl::ToUnixSeconds(time)); };
  v1::DeleteInteractionRequest timeless;
  *timeless.mutable_interaction() = Follow();
  timeless.mutable_interaction()->set_kind(Act::VIEW);
  v1::DeleteInteractionRequest unknown_event = timeless;
  at(*unknown_event.mutable_interaction(), absl::FromUnixSeconds(1'700'000'000));
  return {
      BadWrite("NoActor", "FIELD_REQUIRED", "interaction.actor_id", [](Act& a) { a.clear_actor_id(); }),
      BadWrite("NoTarget", "FIELD_REQUIRED", "interaction.target", [](Act& a) { a.clear_target(); }),
      BadWrite("NoKindOfAct", "FIELD_REQUIRED", "interaction.kind", [](Act& a) { a.clear_kind(); }),
      BadWrite("AnUnknownKindOfAct", "ENUM_UNKNOWN", "interaction.kind",
               [](Act& a) { a.set_kind(static_cast<Act::Kind>(17)); }),
      BadWrite("FollowingAPost", "FIELD_OUT_OF_RANGE", "interaction.kind", [](Act& a) { a.set_post_id("note"); }),
      BadWrite("LikingAnAccount", "FIELD_OUT_OF_RANGE", "interaction.kind", [](Act& a) { a.set_kind(Act::LIKE); }),
      BadWrite("ReadingAnAccount", "FIELD_OUT_OF_RANGE", "interaction.kind", [](Act& a) { a.set_kind(Act::READ); }),
      BadWrite("JoiningATeacher", "FIELD_OUT_OF_RANGE", "interaction.kind", [](Act& a) { a.set_kind(Act::JOIN); }),
      BadWrite("FollowingOneself", "FIELD_OUT_OF_RANGE", "interaction.account_id",
               [](Act& a) { a.set_account_id("ada"); }),
      BadWrite(
          "AnUnknownActor", "ACCOUNT_NOT_FOUND", "nobody", [](Act& a) { a.set_actor_id("nobody"); }, kMissing),
      BadWrite(
          "AnUnknownTarget", "ACCOUNT_NOT_FOUND", "nobody", [](Act& a) { a.set_account_id("nobody"); }, kMissing),
      BadWrite(
          "AnUnknownPost", "POST_NOT_FOUND", "gone",
          [](Act& a) {
            a.set_kind(Act::LIKE);
            a.set_post_id("gone");
          },
          kMissing),
      BadWrite("NoWeight", "FIELD_OUT_OF_RANGE", "interaction.weight", [](Act& a) { a.set_weight(0); }),
      BadWrite("TooMuchWeight", "FIELD_OUT_OF_RANGE", "interaction.weight", [](Act& a) { a.set_weight(10.5f); }),
      BadWrite("AWeightThatIsNoNumber", "FIELD_OUT_OF_RANGE", "interaction.weight",
               [](Act& a) { a.set_weight(std::numeric_limits<float>::quiet_NaN()); }),
      BadWrite("ACollectionOfAFollow", "FIELD_OUT_OF_RANGE", "interaction.collection",
               [](Act& a) { a.set_collection("board"); }),
      BadWrite("ALongEventId", "FIELD_TOO_LONG", "interaction.event_id", [](Act& a) { a.set_event_id(IdOf(129)); }),
      BadWrite("AnActOfTheFuture", "FIELD_OUT_OF_RANGE", "interaction.event_time",
               [&](Act& a) { at(a, absl::Now() + absl::Hours(25)); }),
      BadWrite("AnActOfTheLastCentury", "FIELD_OUT_OF_RANGE", "interaction.event_time",
               [&](Act& a) { at(a, absl::FromUnixSeconds(900'000'000)); }),
      {"DeletingAnEventWithoutItsTime", "InteractionService/DeleteInteraction", timeless.SerializeAsString(), kInvalid,
       "FIELD_REQUIRED", "interaction.event_time"},
      {"DeletingAnUnknownEvent", "InteractionService/DeleteInteraction", unknown_event.SerializeAsString(), kMissing,
       "INTERACTION_NOT_FOUND", ""},
  };
}

}  // namespace staffroom
