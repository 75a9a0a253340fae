#pragma once
// The outside world that knows who people are. Implemented over HTTP (identity_port_http.h); the other side is the
// police's and market regulator's service, in the demonstration the sandbox. JSON in docs/ports.md.

#include <string>
#include <vector>

#include "modules/parties/core/party.h"

namespace tongban {

struct IdentityQuestion {
    PartyKind kind = PartyKind::person;
    DocumentType document_type = DocumentType::citizen_card;  // decides which authority is asked
    std::string name;
    std::string number;   // clear text; never logged
    std::string purpose;  // "collection DS370202…": the other side keeps it
};

struct IdentityAnswer {
    IdentityOutcome result = IdentityOutcome::not_found;
    std::string source;
    std::string reference;
    std::string message;
    std::vector<std::string> former_names;  // of the same number, as the authority recorded the change
};

class IdentityPort {
public:
    virtual ~IdentityPort() = default;
    // Blocks; call it outside a unit of work. Throws Unreachable when there was no usable answer in time: an unanswered
    // question is never an answer.
    virtual IdentityAnswer check(const IdentityQuestion& question) = 0;
};

struct CardOnReader {
    std::string name;
    std::string number;      // verified: check digit and birth date agree
    std::string sex;         // 男 女
    std::string birth_date;  // 1990-03-07
    std::string address;
    std::string valid_until;  // last day, 2036-03-07, or 长期
};

namespace parties_problem {
inline constexpr Problem no_card{"parties.no_card", Kind::not_found, Retry::after_fix, "读卡器上没有身份证"};
inline constexpr Problem card_damaged{"parties.card_damaged", Kind::unprocessable, Retry::after_fix,
                                      "身份证信息读取不完整，请重新放置证件"};
inline constexpr Problem real_name_needed{"parties.real_name_needed", Kind::conflict, Retry::after_fix,
                                          "请先完成实名认证"};
inline constexpr Problem liveness_needed{"parties.liveness_needed", Kind::conflict, Retry::after_fix,
                                         "请先完成本次的活体检测"};
inline constexpr const Problem* all[] = {&no_card, &card_damaged, &real_name_needed, &liveness_needed};
}  // namespace parties_problem

class CardReader {
public:
    virtual ~CardReader() = default;
    // The card lying on the reader of the window. parties.no_card, parties.card_damaged; throws Unreachable.
    virtual Result<CardOnReader> read() = 0;
};

}  // namespace tongban
