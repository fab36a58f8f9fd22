#include "service/converters/interaction_converter.h"

#include <limits>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "staffroom/v1/interaction.pb.h"
#include "storage/interaction_io.h"
#include "storage/records.pb.h"
#include "tests/converters/messages.h"

namespace staffroom {
namespace {

using Kind = v1::Interaction::Kind;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

Refusal WriteRefusal(const std::string& interaction) {
  return RefusalOf(
      ToMutation(Parse<v1::WriteInteractionRequest>(absl::StrCat("interaction {", interaction, "}")), kNow).status());
}

Refusal DeleteRefusal(const std::string& interaction) {
  return RefusalOf(
      ToMutation(Parse<v1::DeleteInteractionRequest>(absl::StrCat("interaction {", interaction, "}")), kNow).status());
}

const Refusal kFine{};

// The table in the contract's comment at Interaction: a letter for each thing that a kind may target.
const std::map<Kind, std::string> kTargets = {
    {v1::Interaction::FOLLOW, "a"},   {v1::Interaction::BLOCK, "a"},          {v1::Interaction::MUTE, "a"},
    {v1::Interaction::JOIN, "a"},     {v1::Interaction::MENTOR_REQUEST, "a"}, {v1::Interaction::MENTOR_ACCEPT, "a"},
    {v1::Interaction::LIKE, "pr"},    {v1::Interaction::SAVE, "pr"},          {v1::Interaction::DISMISS, "apr"},
    {v1::Interaction::REPORT, "apr"}, {v1::Interaction::IMPRESSION, "apr"},   {v1::Interaction::CLICK, "apr"},
    {v1::Interaction::VIEW, "apr"},   {v1::Interaction::READ, "pr"},          {v1::Interaction::SHARE, "pr"},
    {v1::Interaction::REPLY, "ap"},
};

TEST(InteractionKind, TargetsWhatTheTableSaysAndNothingElse) {
  ASSERT_EQ(kTargets.size(), 16u);
  const std::map<char, std::string> fields = {{'a', "account_id"}, {'p', "post_id"}, {'r', "resource_id"}};
  for (const auto& [kind, letters] : kTargets) {
    for (const auto& [letter, field] : fields) {
      const std::string interaction =
          absl::StrCat("actor_id: 'ada' kind: ", v1::Interaction::Kind_Name(kind), " ", field, ": 'x'");
      const bool allowed = letters.find(letter) != std::string::npos;
      EXPECT_EQ(WriteRefusal(interaction), allowed ? kFine : Refused(reason::kFieldOutOfRange, "interaction.kind"))
          << interaction;
    }
  }
}

TEST(InteractionKind, KeepsItsNumberOnDiskAndMovesEventsFrom32On) {
  for (const auto& [kind, letters] : kTargets) {
    const storage::InteractionKind kept = ToRecordKind(kind);
    EXPECT_EQ(storage::InteractionKind_Name(kept), v1::Interaction::Kind_Name(kind));
    EXPECT_EQ(storage::IsEventKind(kept), kind >= v1::Interaction::IMPRESSION) << v1::Interaction::Kind_Name(kind);
  }
  EXPECT_EQ(ToRecordKind(Kind(17)), storage::INTERACTION_KIND_UNSPECIFIED);
}

TEST(Interaction, NeedsAnActorAKindAndATarget) {
  EXPECT_EQ(RefusalOf(ToMutation(v1::WriteInteractionRequest(), kNow).status()),
            Refused(reason::kFieldRequired, "interaction"));
  EXPECT_EQ(WriteRefusal("kind: FOLLOW account_id: 'bo'"), Refused(reason::kFieldRequired, "interaction.actor_id"));
  EXPECT_EQ(WriteRefusal("actor_id: 'ada' account_id: 'bo'"), Refused(reason::kFieldRequired, "interaction.kind"));
  EXPECT_EQ(WriteRefusal("actor_id: 'ada' kind: FOLLOW"), Refused(reason::kFieldRequired, "interaction.target"));
  EXPECT_EQ(WriteRefusal("actor_id: 'ada' kind: FOLLOW account_id: ''"),
            Refused(reason::kFieldRequired, "interaction.account_id"));
}

TEST(Interaction, OfAStateKindNeverTargetsItsActor) {
  for (const char* kind : {"FOLLOW", "BLOCK", "MUTE", "JOIN", "MENTOR_REQUEST", "MENTOR_ACCEPT", "DISMISS", "REPORT"}) {
    EXPECT_EQ(WriteRefusal(absl::StrCat("actor_id: 'ada' account_id: 'ada' kind: ", kind)),
              Refused(reason::kFieldOutOfRange, "interaction.account_id"))
        << kind;
  }
  EXPECT_EQ(WriteRefusal("actor_id: 'ada' account_id: 'ada' kind: VIEW"), kFine);
  EXPECT_EQ(WriteRefusal("actor_id: 'ada' post_id: 'ada' kind: LIKE"), kFine);
}

TEST(Interaction, KeepsTheLimitsOfItsOtherFields) {
  const std::string save = "actor_id: 'ada' kind: SAVE post_id: 'p' ";
  const auto with = [&](const std::string& field, size_t bytes) {
    return WriteRefusal(absl::StrCat(save, field, ": '", std::string(bytes, 'x'), "'"));
  };
  EXPECT_EQ(with("collection", 128), kFine);
  EXPECT_EQ(with("collection", 129), Refused(reason::kFieldTooLong, "interaction.collection"));
  EXPECT_EQ(with("event_id", 129), Refused(reason::kFieldTooLong, "interaction.event_id"));
  EXPECT_EQ(with("surface", 65), Refused(reason::kFieldTooLong, "interaction.surface"));
  EXPECT_EQ(with("attribution_token", 8193), Refused(reason::kFieldTooLong, "interaction.attribution_token"));
  EXPECT_EQ(WriteRefusal("actor_id: 'ada' kind: LIKE post_id: 'p' collection: 'board'"),
            Refused(reason::kFieldOutOfRange, "interaction.collection"));
  EXPECT_EQ(WriteRefusal("actor_id: 'a\\nb' kind: LIKE post_id: 'p'"),
            Refused(reason::kFieldOutOfRange, "interaction.actor_id"));
  EXPECT_EQ(WriteRefusal("actor_id: 'ada' kind: 17 post_id: 'p'"), Refused(reason::kEnumUnknown, "interaction.kind"));
  EXPECT_EQ(WriteRefusal(save + "event_time { seconds: 946684799 }"),
            Refused(reason::kFieldOutOfRange, "interaction.event_time"));
  EXPECT_EQ(WriteRefusal(save + "event_time { seconds: 1700086401 }"),
            Refused(reason::kFieldOutOfRange, "interaction.event_time"));
}

TEST(Interaction, WeighsMoreThanNothingAndAtMostTenAndOneUnlessSaid) {
  const auto weigh = [](absl::optional<float> weight) {
    auto request = Parse<v1::WriteInteractionRequest>("interaction { actor_id: 'ada' kind: LIKE post_id: 'p' }");
    if (weight.has_value()) request.mutable_interaction()->set_weight(*weight);
    return ToMutation(request, kNow);
  };
  EXPECT_EQ(weigh(absl::nullopt)->write_interaction().record().weight(), 1.0f);
  EXPECT_EQ(weigh(10.0f)->write_interaction().record().weight(), 10.0f);
  EXPECT_EQ(weigh(0.25f)->write_interaction().record().weight(), 0.25f);
  for (const float weight :
       {0.0f, -1.0f, 10.01f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    EXPECT_EQ(RefusalOf(weigh(weight).status()), Refused(reason::kFieldOutOfRange, "interaction.weight")) << weight;
  }
}

TEST(Interaction, BecomesAMutationWithAllItSays) {
  const auto request = Parse<v1::WriteInteractionRequest>(R"pb(
    interaction {
      actor_id: "ada"
      kind: SAVE
      resource_id: "r"
      collection: "board"
      surface: "feed"
      event_id: "e"
      event_time { seconds: 1600000000 nanos: 5000 }
    }
    create_stubs: true
    request_id: "once")pb");
  const absl::StatusOr<storage::Mutation> mutation = ToMutation(request, kNow);
  ASSERT_TRUE(mutation.ok()) << mutation.status();
  storage::Mutation expected = Parse<storage::Mutation>(R"pb(
    request_id: "once"
    rpc: 7
    write_interaction {
      record {
        kind: SAVE
        target_kind: ITEM_RESOURCE
        event_time: 1600000000000005
        weight: 1
        collection: "board"
        surface: "feed"
        event_id: "e"
      }
      actor_id: "ada"
      target_id: "r"
      create_stubs: true
    })pb");
  expected.set_payload_hash(mutation->payload_hash());
  EXPECT_EQ(mutation->DebugString(), expected.DebugString());
}

TEST(Deletion, OfAnEventNeedsItsNameOrAllThatNamesIt) {
  EXPECT_EQ(DeleteRefusal("actor_id: 'ada' kind: READ event_id: 'e'"), kFine);
  EXPECT_EQ(DeleteRefusal("actor_id: 'ada' kind: READ post_id: 'p' event_time { seconds: 1600000000 }"), kFine);
  EXPECT_EQ(DeleteRefusal("actor_id: 'ada' kind: READ post_id: 'p'"),
            Refused(reason::kFieldRequired, "interaction.event_time"));
  EXPECT_EQ(DeleteRefusal("actor_id: 'ada' kind: READ event_time { seconds: 1600000000 }"),
            Refused(reason::kFieldRequired, "interaction.target"));
}

TEST(Deletion, OfAStateNeedsItsKeyAndNoTime) {
  EXPECT_EQ(DeleteRefusal("actor_id: 'ada' kind: FOLLOW account_id: 'bo'"), kFine);
  EXPECT_EQ(DeleteRefusal("actor_id: 'ada' kind: FOLLOW event_id: 'e'"),
            Refused(reason::kFieldRequired, "interaction.target"));
  EXPECT_EQ(DeleteRefusal("actor_id: 'ada' kind: FOLLOW post_id: 'p'"),
            Refused(reason::kFieldOutOfRange, "interaction.kind"));
}

}  // namespace
}  // namespace staffroom
