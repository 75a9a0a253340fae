#pragma once
// Messages between registries: the only way between a sitting and a case. A message is written to the sender's outbox
// in the transaction of the act it tells of, signed with the sender's key; a worker delivers it: signature checked,
// inbox row, and the effect of the message, all in one transaction of the receiver's lane. At least once, and
// idempotent on the message id, so the effect happens once. Answers are messages of their own.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "base/sql.h"

namespace tongban {

struct Message {
    std::string id;  // UUIDv7, made by the sender: the idempotency key
    Agency from = 0;
    Agency to = 0;
    std::string kind;    // "package.push"
    std::string body;    // JSON text
    std::string digest;  // SM3 of the body
    Millis sent_at = 0;
    std::string signature;  // of message_bytes() with the sender's key
};

// What the signature covers: every field but itself, each with its length, so that no two messages read alike.
std::string message_bytes(const Message& message);

namespace exchange_problem {
inline constexpr Problem signature_wrong{"exchange.signature_wrong", Kind::forbidden, Retry::never,
                                         "机构间消息的签名不正确"};
inline constexpr Problem kind_unknown{"exchange.kind_unknown", Kind::unprocessable, Retry::never,
                                      "机构间消息的类型未知"};
inline constexpr Problem body_wrong{"exchange.body_wrong", Kind::unprocessable, Retry::never, "机构间消息的内容不正确"};
inline constexpr const Problem* all[] = {&signature_wrong, &kind_unknown, &body_wrong};
}  // namespace exchange_problem

class Outbox {
public:
    virtual ~Outbox() = default;
    // Inside a unit of the sender's lane. Gives the message's id.
    virtual std::string post(Sql& sql, Agency from, Agency to, std::string_view kind, std::string body, Millis now) = 0;
    // Wakes the delivery; call it after the commit. Never blocks.
    virtual void wake() = 0;
};

// Runs inside the transaction of the receiver's lane that also stores the inbox row; may post answers. An Error is a
// refusal: nothing is changed, the message stays in the sender's outbox with the reason and is tried again with
// back-off.
using MessageHandler = std::function<Result<void>(Sql&, const Message&)>;
// Answers a question. It may write only what must be counted whoever asks (attempts at a code, a claim), in units of
// its own: nothing of it is undone when the answer is lost.
using QuestionHandler = std::function<Result<std::string>(const Message&)>;

class Exchange : public Outbox {
public:
    // Only while wiring, before start().
    virtual void handle(std::string kind, MessageHandler handler) = 0;
    virtual void answer(std::string kind, QuestionHandler handler) = 0;

    // A signed question to another registry, answered at once. Blocks; not inside a unit of work.
    virtual Result<std::string> ask(Agency from, Agency to, std::string_view kind, std::string body) = 0;
};

}  // namespace tongban
