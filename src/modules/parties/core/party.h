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
#include "base/codes.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/sql.h"

namespace tongban {

// 抵押人 · 抵押权人 · 受让抵押权人 · 转让方 · 受让方 · 权利人 · 代理人 · 监护人. Which of them an item has is data.
BOOST_DEFINE_ENUM_CLASS(PartyRole, mortgagor, mortgagee, new_mortgagee, seller, buyer, holder, agent, guardian)
BOOST_DEFINE_ENUM_CLASS(PartyKind, person, organisation)
// 居民身份证 · 港澳台居民居住证 (same number form) · 来往内地（大陆）通行证 · 护照 · 外国人永久居留身份证 ·
// 统一社会信用代码
BOOST_DEFINE_ENUM_CLASS(DocumentType, citizen_card, residence_permit, travel_permit, passport, permanent_residence,
                        credit_code)
// What the verification of name and number answered: 一致 · 不一致 · 库中无此号
BOOST_DEFINE_ENUM_CLASS(IdentityOutcome, matched, mismatched, not_found)
// How it was made sure who he is: his document looked at 窗口核对, its chip read 读卡器, real name and liveness online
BOOST_DEFINE_ENUM_CLASS(IdentityMethod, typed, card, online)
// Whether he takes part in this visit, or at another window or online 异地核验/线上核验 (domain.md 5.4)
BOOST_DEFINE_ENUM_CLASS(PartyPlace, here, elsewhere)

std::span<const PartyRole> all_party_roles();
std::string_view to_text(PartyRole role);
const PartyRole* find_party_role(std::string_view text);
std::string_view to_text(PartyKind kind);
std::string_view to_text(DocumentType type);
std::string_view to_text(IdentityOutcome outcome);
std::string_view to_text(IdentityMethod method);
std::string_view to_text(PartyPlace place);
std::string_view chinese(PartyRole role);     // 抵押人
std::string_view chinese(DocumentType type);  // 居民身份证
std::string_view chinese(IdentityOutcome outcome);
std::string_view chinese(IdentityMethod method);

struct IdentityCheck {
    IdentityOutcome result = IdentityOutcome::not_found;
    std::string source;     // "police" 公安人口库, "immigration" 移民管理, "market" 市场监管企业库
    std::string reference;  // the other side's number of this check: evidence
    std::string message;    // Chinese, for the clerk
    Millis checked_at = 0;
    std::string checked_by;  // name of the clerk; of the person himself online
    IdentityMethod method = IdentityMethod::typed;
    // 曾用名 on record for the number: what a change of name (BG-01) rests on, and no paper is asked for (条例 24).
    std::vector<std::string> former_names = {};
};

// How a power of attorney came about: 单位盖章 · 在登记机构人员面前签署 · 公证 · 境外签署并经认证 · 电子签名 ·
// 登记机构备案的 长期委托
BOOST_DEFINE_ENUM_CLASS(PowerForm, sealed, witnessed, notarised, authenticated, e_signed, standing)
std::string_view chinese(PowerForm form);

// What the power of attorney of an agent says (民法典 165), as the window read it.
struct AgentPower {
    PowerForm form = PowerForm::sealed;
    std::string number;              // notarial deed, or the number of the standing power; may be empty
    std::string until;               // its last day, 2026-12-31; empty: until the matter is done
    bool abroad = false;             // signed outside the mainland: authenticated, or it proves nothing here
    bool both_sides_agreed = false;  // the principal agrees that his agent acts for the other side too (民法典 168)
    friend bool operator==(const AgentPower&, const AgentPower&) = default;
};
// Its last day, which still counts, lies before `today`.
inline bool is_over(std::string_view until, std::string_view today)
{
    return !until.empty() && until < today;
}

// 不能书写 · 视力障碍 · 听力言语障碍 · 高龄不使用智能设备: a clerk helps, and nobody is forced in front of a camera.
BOOST_DEFINE_ENUM_CLASS(AssistanceReason, cannot_write, blind, deaf, elderly)
std::string_view chinese(AssistanceReason reason);

struct Assistance {
    AssistanceReason reason = AssistanceReason::cannot_write;
    std::string assistant;     // name of who read aloud, wrote or signed (手语)
    bool fingerprint = false;  // 捺指印 in place of a signature
    friend bool operator==(const Assistance&, const Assistance&) = default;
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
    std::string birth_date;    // of persons, 1990-01-31; in the number of cards, asked for other documents
    std::string represents;    // agents and guardians: the id of the party acted for
    bool from_reader = false;  // taken from the card reader, not typed
    std::string valid_until;   // last day of the document, 长期 or empty when nobody looked
    PartyPlace place = PartyPlace::here;
    std::string expected_at;                // of those elsewhere: code of a registry, "online", or empty: anywhere
    std::optional<IdentityCheck> identity;  // void after any change of name or number
    // The number before the present one: corrected by the police, an older passport, the travel permit that stands on a
    // residence permit. The register may still know him by it. All three empty when there is none.
    std::string former_sealed;
    std::string former_masked;
    std::string former_digest;
    std::optional<AgentPower> power;       // of agents; not recorded when nobody read it
    std::optional<Assistance> assistance;  // of persons who are helped

    // Acts for another party instead of having or giving a right.
    bool acts() const { return role == PartyRole::agent || role == PartyRole::guardian; }
};

// As the clerk typed it, already in normal form.
struct PartyInput {
    PartyRole role = PartyRole::mortgagor;
    PartyKind kind = PartyKind::person;
    std::string name;
    DocumentType document_type = DocumentType::citizen_card;
    std::string number;
    std::string phone;  // may be empty for organisations only
    std::string birth_date;
    std::string represents;
    bool from_reader = false;
    std::string valid_until;
    std::optional<PartyPlace> place;  // nothing: as is usual for the channel
    std::string expected_at;
    std::string former_number = {};
    std::optional<AgentPower> power = {};
    std::optional<Assistance> assistance = {};
};

// Reads the API's PartyInput; every wrong field is named in the reader's errors (check_digit, length, date, …).
// Rules of one party alone: organisations prove themselves by credit code, persons by the other documents; persons have
// a phone; an agent or guardian is a person and acts for somebody, others act for nobody; only agents have a power of
// attorney; a fingerprint names who assisted. Use nothing before finish().
PartyInput read_party_input(JsonReader& in);

// The number of a document in normal form, or what is wrong with it.
CheckedCode check_document_number(DocumentType type, std::string_view typed);

Party make_party(Vault& vault, Agency agency, std::string id, const PartyInput& input);

// Is the document no longer valid on `today`, 2026-11-24 (居民身份证法 5, H12)?
bool is_expired(std::string_view valid_until, std::string_view today);

// The changed party: same id; the identity check survives only if name, document and number stay the same.
Party changed_party(Vault& vault, Agency agency, const Party& before, const PartyInput& input);

// The same party kept by another registry: sealed and digested with that registry's key.
Party resealed(Vault& vault, const Party& party, Agency from, Agency to);

BOOST_DESCRIBE_STRUCT(IdentityCheck, (),
                      (result, source, reference, message, checked_at, checked_by, method, former_names))
BOOST_DESCRIBE_STRUCT(AgentPower, (), (form, number, until, abroad, both_sides_agreed))
BOOST_DESCRIBE_STRUCT(Assistance, (), (reason, assistant, fingerprint))
BOOST_DESCRIBE_STRUCT(Party, (),
                      (id, role, kind, name, document_type, number_sealed, number_masked, number_digest, phone_sealed,
                       phone_masked, phone_digest, birth_date, represents, from_reader, valid_until, place, expected_at,
                       identity, former_sealed, former_masked, former_digest, power, assistance))

}  // namespace tongban
