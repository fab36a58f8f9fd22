#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/base/errors.h"
#include "tests/dispatch/gate.h"
#include "tests/dispatch/stream_client.h"
#include "tests/dispatch/test_server.h"
#include "tests/dispatch/testing.pb.h"

namespace staffroom {
namespace {

using testing::Note;
using NoteStream = Stream<Note, Note>;
using NoteHandler = StreamHandler<Note, Note>;

constexpr char kChat[] = "staffroom.testing.TestingService/Chat";
constexpr char kCount[] = "staffroom.testing.TestingService/Count";
constexpr char kCollect[] = "staffroom.testing.TestingService/Collect";

std::string Bytes(absl::string_view text) {
  Note note;
  note.set_text(std::string(text));
  return note.SerializeAsString();
}

std::string Text(const absl::optional<std::string>& bytes) {
  Note note;
  return bytes.has_value() && note.ParseFromString(*bytes) ? note.text() : "(nothing)";
}

TestServerOptions Serving(const std::string& method, NoteHandler handler) {
  TestServerOptions options;
  options.plug = [method, handler = std::move(handler)](Dispatcher& dispatcher) {
    dispatcher.HandleStream<Note, Note>(method, handler);
  };
  return options;
}

// Answers each note with itself until the caller has no more.
void Converse(const std::shared_ptr<NoteStream>& stream) {
  stream->Read([stream](absl::StatusOr<absl::optional<Note>> note) {
    if (!note.ok()) return stream->Finish(note.status());
    if (!note->has_value()) return stream->Finish(absl::OkStatus());
    stream->Write(**note, [stream](bool sent) {
      if (sent) Converse(stream);
    });
  });
}

TEST(StreamCall, ABidirectionalCallReadsAndWritesByTurns) {
  TestServer server(Serving(kChat, [](const auto&, std::shared_ptr<NoteStream> stream) { Converse(stream); }));
  const auto client = StreamClient::Open(server.client.channel(), kChat);
  for (int note = 0; note < 100; ++note) {
    ASSERT_TRUE(client->Write(Bytes(absl::StrCat("note ", note))));
    EXPECT_EQ(Text(client->Read()), absl::StrCat("note ", note));
  }
  client->WritesDone();
  EXPECT_FALSE(client->Read().has_value());
  EXPECT_EQ(client->Finish().code, absl::StatusCode::kOk);
  EXPECT_EQ(server.Metric(absl::StrCat("staffroom_rpc_handled_total{code=\"OK\",method=\"", kChat, "\"}")), 1);
}

void CountDown(int from, const std::shared_ptr<NoteStream>& stream) {
  if (from == 0) return stream->Finish(absl::OkStatus());
  Note note;
  note.set_text(absl::StrCat(from));
  stream->Write(note, [from, stream](bool) { CountDown(from - 1, stream); });
}

TEST(StreamCall, AServerStreamingCallReadsOneMessageAndWritesMany) {
  TestServer server(Serving(kCount, [](const auto&, std::shared_ptr<NoteStream> stream) {
    stream->Read([stream](absl::StatusOr<absl::optional<Note>>) { CountDown(3, stream); });
  }));
  const auto client = StreamClient::Open(server.client.channel(), kCount);
  client->Write(Bytes("3"));
  client->WritesDone();
  EXPECT_EQ(Text(client->Read()), "3");
  EXPECT_EQ(Text(client->Read()), "2");
  EXPECT_EQ(Text(client->Read()), "1");
  EXPECT_FALSE(client->Read().has_value());
  EXPECT_EQ(client->Finish().code, absl::StatusCode::kOk);
}

void Collect(const std::string& so_far, const std::shared_ptr<NoteStream>& stream) {
  stream->Read([so_far, stream](absl::StatusOr<absl::optional<Note>> note) {
    if (note.ok() && note->has_value()) return Collect(so_far + (*note)->text(), stream);
    Note all;
    all.set_text(so_far);
    stream->Write(all, [stream](bool) { stream->Finish(absl::OkStatus()); });
  });
}

TEST(StreamCall, AClientStreamingCallReadsManyAndWritesOne) {
  TestServer server(Serving(kCollect, [](const auto&, std::shared_ptr<NoteStream> stream) { Collect("", stream); }));
  const auto client = StreamClient::Open(server.client.channel(), kCollect);
  for (const char* text : {"a", "b", "c"}) client->Write(Bytes(text));
  client->WritesDone();
  EXPECT_EQ(Text(client->Read()), "abc");
  EXPECT_EQ(client->Finish().code, absl::StatusCode::kOk);
}

TEST(StreamCall, FinishMayBeCalledWhileAWriteIsUnderWay) {
  TestServer server(Serving(kChat, [](const auto&, std::shared_ptr<NoteStream> stream) {
    Note note;
    note.set_text("last");
    stream->Write(note, [](bool) {});
    stream->Finish(AccountNotFound("ada"));
    stream->Finish(absl::OkStatus());  // only the first counts
  }));
  const auto client = StreamClient::Open(server.client.channel(), kChat);
  EXPECT_EQ(Text(client->Read()), "last");
  EXPECT_FALSE(client->Read().has_value());
  const Answer answer = client->Finish();
  EXPECT_EQ(answer.code, absl::StatusCode::kNotFound);
  EXPECT_EQ(answer.Reason(), "ACCOUNT_NOT_FOUND");
}

TEST(StreamCall, ReadsAndWritesAfterFinishFindNobody) {
  Gate done;
  bool read_nothing = false;
  bool sent = true;
  {
    TestServer server(Serving(kChat, [&](const auto&, std::shared_ptr<NoteStream> stream) {
      stream->Finish(absl::OkStatus());
      stream->Read([&](absl::StatusOr<absl::optional<Note>> note) { read_nothing = note.ok() && !note->has_value(); });
      stream->Write(Note(), [&](bool was_sent) { sent = was_sent; });
      done.Open();
    }));
    EXPECT_EQ(StreamClient::Open(server.client.channel(), kChat)->Finish().code, absl::StatusCode::kOk);
    done.Wait();
  }
  EXPECT_TRUE(read_nothing);
  EXPECT_FALSE(sent);
}

TEST(StreamCall, AMessageThatDoesNotParseIsToldToTheHandler) {
  TestServer server(Serving(kChat, [](const auto&, std::shared_ptr<NoteStream> stream) { Converse(stream); }));
  const auto client = StreamClient::Open(server.client.channel(), kChat);
  client->Write(Bytes("fine"));
  EXPECT_EQ(Text(client->Read()), "fine");
  client->Write("\x0a\x01\xff");
  EXPECT_FALSE(client->Read().has_value());
  const Answer answer = client->Finish();
  EXPECT_EQ(answer.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(answer.Field(), "text");
}

TEST(StreamCall, ADroppedStreamIsAnInternalError) {
  TestServer server(Serving(kChat, [](const auto&, std::shared_ptr<NoteStream>) {}));
  EXPECT_EQ(StreamClient::Open(server.client.channel(), kChat)->Finish().code, absl::StatusCode::kInternal);
}

TEST(StreamCall, AHandlerThatThrowsInACallbackCostsItsCallOnly) {
  TestServer server(Serving(kChat, [](const auto&, std::shared_ptr<NoteStream> stream) {
    stream->Read([stream](absl::StatusOr<absl::optional<Note>>) { throw std::runtime_error("a library's surprise"); });
  }));
  for (int call = 0; call < 2; ++call) {
    const auto client = StreamClient::Open(server.client.channel(), kChat);
    client->Write(Bytes("go"));
    EXPECT_EQ(client->Finish().code, absl::StatusCode::kInternal);
  }
}

TEST(StreamCall, CancellationWakesAHandlerThatWaitsForNothingElse) {
  Gate began, cancelled;
  TestServer server(Serving(kChat, [&](const auto& context, std::shared_ptr<NoteStream> stream) {
    stream->NotifyOnCancel([&cancelled, context, stream] {
      EXPECT_TRUE(context->IsCancelled());
      stream->Finish(absl::CancelledError("the caller has gone"));
      cancelled.Open();
    });
    began.Open();
  }));
  const auto client = StreamClient::Open(server.client.channel(), kChat);
  began.Wait();
  client->Cancel();
  cancelled.Wait();
  EXPECT_EQ(client->Finish().code, absl::StatusCode::kCancelled);
}

TEST(StreamCall, AStreamWhoseCallerIsGoneReadsTheEndAndSendsNothing) {
  Gate began, ended;
  TestServer server(Serving(kChat, [&](const auto& context, std::shared_ptr<NoteStream> stream) {
    stream->Read([&ended, context, stream](absl::StatusOr<absl::optional<Note>> note) {
      EXPECT_TRUE(note.ok() && !note->has_value());
      while (!context->IsCancelled())
        absl::SleepFor(absl::Milliseconds(1));  // gRPC may end the read before it says why
      stream->Write(Note(), [&ended, stream](bool sent) {
        EXPECT_FALSE(sent);
        stream->Finish(absl::OkStatus());
        ended.Open();
      });
    });
    began.Open();
  }));
  {
    const auto client = StreamClient::Open(server.client.channel(), kChat);
    began.Wait();
    client->Cancel();
    EXPECT_EQ(client->Finish().code, absl::StatusCode::kCancelled);
  }
  ended.Wait();
  while (server.Metric("staffroom_rpc_in_flight") != 0) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_EQ(server.Metric(absl::StrCat("staffroom_rpc_handled_total{code=\"CANCELLED\",method=\"", kChat, "\"}")), 1);
}

}  // namespace
}  // namespace staffroom
