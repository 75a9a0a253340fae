#pragma once
// A party of a sitting or case: who takes part, in which role, proved by which document.
// Numbers and phones are personal data: kept sealed under the key of the registry that keeps the record, with a masked
// form for people and a keyed digest for exact look-up. Names are kept readable (they stand on the certificate).

#include <boost/describe.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/sql.h"

namespace tongban {

// 抵押人 · 抵押权人 · 代理人
BOOST_DEFINE_ENUM_CLASS(PartyRole, mortgagor, mortgagee, agent)
BOOST_DEFINE_ENUM_CLASS(PartyKind, person, organisation)
// 居民身份证 · 统一社会信用代码 (营业执照 and the like)
BOOST_DEFINE_ENUM_CLASS(DocumentType, citizen_card, credit_code)
// What the verification of name and number answered: 一致 · 不一致 · 库中无此号
BOOST_DEFINE_ENUM_CLASS(IdentityOutcome, matched, mismatched, not_found)

std::string_view to_text(PartyRole role);
std::string_view to_text(PartyKind kind);
std::string_view to_text(DocumentType type);
std::string_view to_text(IdentityOutcome outcome);
std::string_view chinese(PartyRole role);     // 抵押人
std::string_view chinese(DocumentType type);  // 居民身份证
std::string_view chinese(IdentityOutcome outcome);

struct IdentityCheck {
    IdentityOutcome result = IdentityOutcome::not_found;
    std::string source;     // "police" 公安人口库, "market" 市场监管企业库
    std::string reference;  // the other side's number of this check: evidence
    std::string message;    // Chinese, for the clerk
    Millis checked_at = 0;
    std::string checked_by;  // name of the clerk
};

struct Party {
    std::string id;
    PartyRole role = PartyRole::mortgagor;
    PartyKind kind = PartyKind::person;
    std::string name;
    DocumentType document_type = DocumentType::citizen_card;
    std::string number_sealed;
    std::string number_masked;  // organisations' codes are public and not masked
    std::string number_digest;
    std::string phone_sealed;  // the three are empty when there is no phone
    std::string phone_masked;
    std::string phone_digest;
    std::string represents;                 // agents: the id of the party represented
    bool from_reader = false;               // taken from the card reader, not typed
    std::optional<IdentityCheck> identity;  // void after any change of name or number

    // Natural persons are present at the window and are asked; organisations are by their agent.
    bool needs_interview() const { return kind == PartyKind::person; }
};

// As the clerk typed it, already in normal form.
struct PartyInput {
    PartyRole role = PartyRole::mortgagor;
    PartyKind kind = PartyKind::person;
    std::string name;
    DocumentType document_type = DocumentType::citizen_card;
    std::string number;
    std::string phone;  // may be empty for organisations only
    std::string represents;
    bool from_reader = false;
};

// Reads the API's PartyInput; every wrong field is named in the reader's errors (check_digit, length, date, …).
// Rules of one party alone: persons prove themselves by citizen card and organisations by credit code; persons have a
// phone; an agent is a person and represents somebody, others represent nobody. Use nothing before finish().
PartyInput read_party_input(JsonReader& in);

Party make_party(Vault& vault, Agency agency, std::string id, const PartyInput& input);

// The changed party: same id; the identity check survives only if name, document and number stay the same.
Party changed_party(Vault& vault, Agency agency, const Party& before, const PartyInput& input);

// The same party kept by another registry: sealed and digested with that registry's key.
Party resealed(Vault& vault, const Party& party, Agency from, Agency to);

// What stands against this set of parties as a whole, for a mortgage: at least one mortgagor and one mortgagee; agents
// represent a party that is there and no agent; every organisation has an agent; nobody stands on both sides; the same
// document not twice in one role; no agent acts for both sides (民法典 168). Pointers are /<index>/<field>.
std::vector<FieldError> party_set_faults(std::span<const Party> parties);

BOOST_DESCRIBE_STRUCT(IdentityCheck, (), (result, source, reference, message, checked_at, checked_by))
BOOST_DESCRIBE_STRUCT(Party, (),
                      (id, role, kind, name, document_type, number_sealed, number_masked, number_digest, phone_sealed,
                       phone_masked, phone_digest, represents, from_reader, identity))

}  // namespace tongban
