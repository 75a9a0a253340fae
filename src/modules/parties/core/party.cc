#include "modules/parties/core/party.h"

#include <algorithm>
#include <array>

#include "base/codes.h"
#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<PartyRole, 8> roles{{{
    {PartyRole::mortgagor, "mortgagor"},
    {PartyRole::mortgagee, "mortgagee"},
    {PartyRole::new_mortgagee, "new_mortgagee"},
    {PartyRole::seller, "seller"},
    {PartyRole::buyer, "buyer"},
    {PartyRole::holder, "holder"},
    {PartyRole::agent, "agent"},
    {PartyRole::guardian, "guardian"},
}}};
constexpr TextTable<PartyRole, 8> role_names{{{
    {PartyRole::mortgagor, "抵押人"},
    {PartyRole::mortgagee, "抵押权人"},
    {PartyRole::new_mortgagee, "受让抵押权人"},
    {PartyRole::seller, "转让方"},
    {PartyRole::buyer, "受让方"},
    {PartyRole::holder, "权利人"},
    {PartyRole::agent, "代理人"},
    {PartyRole::guardian, "监护人"},
}}};
constexpr std::array<PartyRole, 8> role_list = roles.keys();
constexpr TextTable<PartyKind, 2> kinds{{{
    {PartyKind::person, "person"},
    {PartyKind::organisation, "organisation"},
}}};
constexpr TextTable<DocumentType, 6> documents{{{
    {DocumentType::citizen_card, "citizen_card"},
    {DocumentType::residence_permit, "residence_permit"},
    {DocumentType::travel_permit, "travel_permit"},
    {DocumentType::passport, "passport"},
    {DocumentType::permanent_residence, "permanent_residence"},
    {DocumentType::credit_code, "credit_code"},
}}};
constexpr TextTable<DocumentType, 6> document_names{{{
    {DocumentType::citizen_card, "居民身份证"},
    {DocumentType::residence_permit, "港澳台居民居住证"},
    {DocumentType::travel_permit, "来往内地（大陆）通行证"},
    {DocumentType::passport, "护照"},
    {DocumentType::permanent_residence, "外国人永久居留身份证"},
    {DocumentType::credit_code, "统一社会信用代码"},
}}};
constexpr TextTable<IdentityOutcome, 3> outcomes{{{
    {IdentityOutcome::matched, "matched"},
    {IdentityOutcome::mismatched, "mismatched"},
    {IdentityOutcome::not_found, "not_found"},
}}};
constexpr TextTable<IdentityMethod, 3> methods{{{
    {IdentityMethod::typed, "typed"},
    {IdentityMethod::card, "card"},
    {IdentityMethod::online, "online"},
}}};
constexpr TextTable<IdentityMethod, 3> method_names{{{
    {IdentityMethod::typed, "窗口核对证件"},
    {IdentityMethod::card, "窗口读卡"},
    {IdentityMethod::online, "线上实名和活体检测"},
}}};
constexpr TextTable<PartyPlace, 2> places{{{
    {PartyPlace::here, "here"},
    {PartyPlace::elsewhere, "elsewhere"},
}}};
constexpr std::string_view for_ever = "长期";
constexpr TextTable<IdentityOutcome, 3> outcome_names{{{
    {IdentityOutcome::matched, "一致"},
    {IdentityOutcome::mismatched, "不一致"},
    {IdentityOutcome::not_found, "库中无此号"},
}}};

constexpr TextTable<PowerForm, 6> powers{{{
    {PowerForm::sealed, "sealed"},
    {PowerForm::witnessed, "witnessed"},
    {PowerForm::notarised, "notarised"},
    {PowerForm::authenticated, "authenticated"},
    {PowerForm::e_signed, "e_signed"},
    {PowerForm::standing, "standing"},
}}};
constexpr TextTable<PowerForm, 6> power_names{{{
    {PowerForm::sealed, "委托人签署或者盖章"},
    {PowerForm::witnessed, "在登记机构人员面前签署"},
    {PowerForm::notarised, "经公证"},
    {PowerForm::authenticated, "境外签署并经公证认证"},
    {PowerForm::e_signed, "电子签名"},
    {PowerForm::standing, "登记机构备案的长期委托"},
}}};
constexpr TextTable<AssistanceReason, 4> assistances{{{
    {AssistanceReason::cannot_write, "cannot_write"},
    {AssistanceReason::blind, "blind"},
    {AssistanceReason::deaf, "deaf"},
    {AssistanceReason::elderly, "elderly"},
}}};
constexpr TextTable<AssistanceReason, 4> assistance_names{{{
    {AssistanceReason::cannot_write, "不能书写"},
    {AssistanceReason::blind, "视力障碍，已宣读"},
    {AssistanceReason::deaf, "听力言语障碍，以手语或者文字询问"},
    {AssistanceReason::elderly, "高龄，由人员协助"},
}}};

std::string checked(JsonReader& in, std::string_view key, const CheckedCode& code)
{
    if (code.fault) in.fail(key, std::string(code.fault->code), std::string(code.fault->detail));
    return code.value;
}

// Both carry the form and check digit of a citizen number (GB 11643; residence permits begin with 81, 82, 83).
bool has_citizen_number(DocumentType type)
{
    return type == DocumentType::citizen_card || type == DocumentType::residence_permit;
}

// Documents without a check digit: letters and digits as printed. Length by document: travel permits 8 to 11,
// passports 5 to 15, permanent residence 15 or 18.
CheckedCode check_printed_number(std::string_view typed, std::size_t min, std::size_t max)
{
    CheckedCode code;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        code.value += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    }
    const bool clean =
        std::ranges::all_of(code.value, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
    if (!clean) {
        code.fault = Fault{"characters", "证件号码只能含字母和数字"};
    } else if (code.value.size() < min || code.value.size() > max) {
        code.fault = Fault{"length", "证件号码长度不对，请核对证件"};
    }
    return code;
}

// The document it was on is not known, only that it was a number of his.
void read_former_number(JsonReader& in, PartyInput& input)
{
    const std::string typed = in.optional_text("former_number", {.min = 0, .max = 60});
    if (typed.empty()) return;
    if (input.kind != PartyKind::person) {
        in.fail("former_number", "unexpected", "单位以统一社会信用代码认定，没有原证件号码");
        return;
    }
    input.former_number = checked(in, "former_number", check_printed_number(typed, 5, 18));
    if (input.former_number == input.number) in.fail("former_number", "same", "原证件号码与现证件号码相同");
}

void read_power(JsonReader& in, PartyInput& input)
{
    in.optional_object("power", [&](JsonReader& one) {
        AgentPower power;
        const std::string form =
            one.choice("form", {"sealed", "witnessed", "notarised", "authenticated", "e_signed", "standing"});
        if (const PowerForm* known = powers.find(form)) power.form = *known;
        power.number = one.optional_text("number", {.min = 0, .max = 60});
        power.until = one.optional_text("until", {.min = 0, .max = 10});
        if (!power.until.empty() && !is_date(power.until)) one.fail("until", "date", "请填写委托期限的最后一日");
        if (one.has("abroad")) power.abroad = one.boolean("abroad");
        if (one.has("both_sides_agreed")) power.both_sides_agreed = one.boolean("both_sides_agreed");
        const bool deed = power.form == PowerForm::notarised || power.form == PowerForm::authenticated;
        if (deed && power.number.empty()) one.fail("number", "required", "请填写公证书编号");
        input.power = power;
    });
    if (input.power && input.role != PartyRole::agent) in.fail("power", "unexpected", "只有代理人有委托书");
}

void read_assistance(JsonReader& in, PartyInput& input)
{
    in.optional_object("assistance", [&](JsonReader& one) {
        Assistance help;
        const std::string reason = one.choice("reason", {"cannot_write", "blind", "deaf", "elderly"});
        if (const AssistanceReason* known = assistances.find(reason)) help.reason = *known;
        help.assistant = one.text("assistant", {.max = 60});
        if (one.has("fingerprint")) help.fingerprint = one.boolean("fingerprint");
        input.assistance = help;
    });
    if (input.assistance && input.kind != PartyKind::person) in.fail("assistance", "unexpected", "单位不需要协助");
}

// Capacity hangs on it (民法典 17–20). Cards tell it in their number; of other documents the clerk reads it.
void read_birth_date(JsonReader& in, PartyInput& input)
{
    const std::string typed = input.birth_date;
    if (input.kind != PartyKind::person) {
        if (!typed.empty()) in.fail("birth_date", "unexpected", "单位没有出生日期");
        return;
    }
    if (has_citizen_number(input.document_type)) {
        if (input.number.size() != 18) return;  // the number is at fault and says so
        input.birth_date = citizen_birth_date(input.number);
        if (!typed.empty() && typed != input.birth_date) {
            in.fail("birth_date", "mismatch", "出生日期与证件号码不一致");
        }
    } else if (!is_date(typed)) {
        in.fail("birth_date", "date", "请按证件填写出生日期");
    }
}

void read_validity(JsonReader& in, PartyInput& input)
{
    input.valid_until = in.optional_text("valid_until", {.min = 0, .max = 10});
    const bool fine = input.valid_until.empty() || input.valid_until == for_ever || is_date(input.valid_until);
    if (!fine) in.fail("valid_until", "date", "请按证件填写有效期的最后一天，或者“长期”");
}

void read_place(JsonReader& in, PartyInput& input)
{
    if (in.has("place")) {
        const std::string place = in.choice("place", {"here", "elsewhere"});
        if (const PartyPlace* known = places.find(place)) input.place = *known;
    }
    input.expected_at = in.optional_text("expected_at", {.min = 0, .max = 6});
    const bool registry = input.expected_at.size() == 6 &&
                          std::ranges::all_of(input.expected_at, [](char c) { return c >= '0' && c <= '9'; });
    if (!input.expected_at.empty() && input.expected_at != "online" && !registry) {
        in.fail("expected_at", "choice", "请选择登记机构，或者线上");
    }
}

}  // namespace

std::span<const PartyRole> all_party_roles()
{
    return role_list;
}
const PartyRole* find_party_role(std::string_view text)
{
    return roles.find(text);
}
std::string_view to_text(PartyRole role)
{
    return roles.text(role);
}
std::string_view to_text(PartyKind kind)
{
    return kinds.text(kind);
}
std::string_view to_text(DocumentType type)
{
    return documents.text(type);
}
std::string_view to_text(IdentityOutcome outcome)
{
    return outcomes.text(outcome);
}
std::string_view to_text(IdentityMethod method)
{
    return methods.text(method);
}
std::string_view to_text(PartyPlace place)
{
    return places.text(place);
}
std::string_view chinese(PartyRole role)
{
    return role_names.text(role);
}
std::string_view chinese(DocumentType type)
{
    return document_names.text(type);
}
std::string_view chinese(PowerForm form)
{
    return power_names.text(form);
}
std::string_view chinese(AssistanceReason reason)
{
    return assistance_names.text(reason);
}
std::string_view chinese(IdentityOutcome outcome)
{
    return outcome_names.text(outcome);
}
std::string_view chinese(IdentityMethod method)
{
    return method_names.text(method);
}

bool is_expired(std::string_view valid_until, std::string_view today)
{
    return !valid_until.empty() && valid_until != for_ever && valid_until < today;
}

CheckedCode check_document_number(DocumentType type, std::string_view typed)
{
    switch (type) {
    case DocumentType::citizen_card:
    case DocumentType::residence_permit: return check_citizen_number(typed);
    case DocumentType::travel_permit: return check_printed_number(typed, 8, 11);
    case DocumentType::passport: return check_printed_number(typed, 5, 15);
    case DocumentType::permanent_residence: return check_printed_number(typed, 15, 18);
    case DocumentType::credit_code: break;
    }
    return check_credit_code(typed);
}

PartyInput read_party_input(JsonReader& in)
{
    PartyInput input;
    const std::string role = in.choice(
        "role", {"mortgagor", "mortgagee", "new_mortgagee", "seller", "buyer", "holder", "agent", "guardian"});
    const std::string kind = in.choice("kind", {"person", "organisation"});
    const std::string document = in.choice("document_type", {"citizen_card", "residence_permit", "travel_permit",
                                                             "passport", "permanent_residence", "credit_code"});
    input.name = in.text("name", {.max = 100});
    const std::string number = in.text("number", {.max = 60});
    const std::string phone = in.optional_text("phone", {.min = 0, .max = 30});
    input.birth_date = in.optional_text("birth_date", {.min = 0, .max = 10});
    input.represents = in.optional_text("represents", {.min = 0, .max = 64});
    if (in.has("from_reader")) input.from_reader = in.boolean("from_reader");
    read_validity(in, input);
    read_place(in, input);
    // Which rules apply hangs on these three; without them further errors would only be noise.
    if (role.empty() || kind.empty() || document.empty()) return input;
    input.role = *roles.find(role);
    input.kind = *kinds.find(kind);
    input.document_type = *documents.find(document);

    const bool person = input.kind == PartyKind::person;
    if (person == (input.document_type == DocumentType::credit_code)) {
        in.fail("document_type", "not_a_choice", person ? "自然人应使用身份证件" : "单位应使用统一社会信用代码");
    } else if (!number.empty()) {
        input.number = checked(in, "number", check_document_number(input.document_type, number));
        read_birth_date(in, input);
    }
    read_former_number(in, input);
    read_power(in, input);
    read_assistance(in, input);
    if (!phone.empty()) {
        input.phone = checked(in, "phone", check_mobile(phone));
    } else if (person) {
        in.fail("phone", "required", "自然人须填写手机号码，用于告知办理进度");
    }
    const bool acts = input.role == PartyRole::agent || input.role == PartyRole::guardian;
    const std::string who(chinese(input.role));
    if (acts && !person) in.fail("kind", "not_a_choice", who + "应为自然人");
    if (acts && input.represents.empty()) in.fail("represents", "required", "请选择由" + who + "代为办理的当事人");
    if (!acts && !input.represents.empty()) in.fail("represents", "unexpected", "只有代理人、监护人可以代当事人办理");
    if (!person && input.from_reader) in.fail("from_reader", "unexpected", "单位信息不能来自身份证读卡器");
    return input;
}

Party make_party(Vault& vault, Agency agency, std::string id, const PartyInput& input)
{
    TONGBAN_ASSERT(!input.number.empty() && !input.name.empty());
    Party party;
    party.id = std::move(id);
    party.role = input.role;
    party.kind = input.kind;
    party.name = input.name;
    party.document_type = input.document_type;
    party.number_sealed = vault.seal(agency, input.number);
    party.number_masked = input.kind == PartyKind::person ? masked_number(input.number) : input.number;
    party.number_digest = vault.digest(agency, input.number);
    if (!input.phone.empty()) {
        party.phone_sealed = vault.seal(agency, input.phone);
        party.phone_masked = masked_phone(input.phone);
        party.phone_digest = vault.digest(agency, input.phone);
    }
    if (!input.former_number.empty()) {
        party.former_sealed = vault.seal(agency, input.former_number);
        party.former_masked = masked_number(input.former_number);
        party.former_digest = vault.digest(agency, input.former_number);
    }
    party.birth_date = input.birth_date;
    party.represents = input.represents;
    party.from_reader = input.from_reader;
    party.valid_until = input.valid_until;
    party.place = input.place.value_or(PartyPlace::here);
    if (party.place == PartyPlace::elsewhere) party.expected_at = input.expected_at;
    party.power = input.power;
    party.assistance = input.assistance;
    return party;
}

Party changed_party(Vault& vault, Agency agency, const Party& before, const PartyInput& input)
{
    Party after = make_party(vault, agency, before.id, input);
    const bool same_person = after.kind == before.kind && after.name == before.name &&
                             after.document_type == before.document_type && after.number_digest == before.number_digest;
    if (same_person) after.identity = before.identity;
    return after;
}

Party resealed(Vault& vault, const Party& party, Agency from, Agency to)
{
    Party copy = party;
    const std::string number = vault.open(from, party.number_sealed);
    copy.number_sealed = vault.seal(to, number);
    copy.number_digest = vault.digest(to, number);
    if (!party.phone_sealed.empty()) {
        const std::string phone = vault.open(from, party.phone_sealed);
        copy.phone_sealed = vault.seal(to, phone);
        copy.phone_digest = vault.digest(to, phone);
    }
    if (!party.former_sealed.empty()) {
        const std::string former = vault.open(from, party.former_sealed);
        copy.former_sealed = vault.seal(to, former);
        copy.former_digest = vault.digest(to, former);
    }
    return copy;
}

}  // namespace tongban
