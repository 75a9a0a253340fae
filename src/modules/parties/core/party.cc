#include "modules/parties/core/party.h"

#include <algorithm>

#include "base/codes.h"
#include "base/text_table.h"

namespace tongban {
namespace {

constexpr TextTable<PartyRole, 3> roles{{{
    {PartyRole::mortgagor, "mortgagor"},
    {PartyRole::mortgagee, "mortgagee"},
    {PartyRole::agent, "agent"},
}}};
constexpr TextTable<PartyRole, 3> role_names{{{
    {PartyRole::mortgagor, "抵押人"},
    {PartyRole::mortgagee, "抵押权人"},
    {PartyRole::agent, "代理人"},
}}};
constexpr TextTable<PartyKind, 2> kinds{{{
    {PartyKind::person, "person"},
    {PartyKind::organisation, "organisation"},
}}};
constexpr TextTable<DocumentType, 2> documents{{{
    {DocumentType::citizen_card, "citizen_card"},
    {DocumentType::credit_code, "credit_code"},
}}};
constexpr TextTable<DocumentType, 2> document_names{{{
    {DocumentType::citizen_card, "居民身份证"},
    {DocumentType::credit_code, "统一社会信用代码"},
}}};
constexpr TextTable<IdentityOutcome, 3> outcomes{{{
    {IdentityOutcome::matched, "matched"},
    {IdentityOutcome::mismatched, "mismatched"},
    {IdentityOutcome::not_found, "not_found"},
}}};
constexpr TextTable<IdentityOutcome, 3> outcome_names{{{
    {IdentityOutcome::matched, "一致"},
    {IdentityOutcome::mismatched, "不一致"},
    {IdentityOutcome::not_found, "库中无此号"},
}}};

std::string checked(JsonReader& in, std::string_view key, const CheckedCode& code)
{
    if (code.fault) in.fail(key, std::string(code.fault->code), std::string(code.fault->detail));
    return code.value;
}

}  // namespace

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
std::string_view chinese(PartyRole role)
{
    return role_names.text(role);
}
std::string_view chinese(DocumentType type)
{
    return document_names.text(type);
}
std::string_view chinese(IdentityOutcome outcome)
{
    return outcome_names.text(outcome);
}

PartyInput read_party_input(JsonReader& in)
{
    PartyInput input;
    const std::string role = in.choice("role", {"mortgagor", "mortgagee", "agent"});
    const std::string kind = in.choice("kind", {"person", "organisation"});
    const std::string document = in.choice("document_type", {"citizen_card", "credit_code"});
    input.name = in.text("name", {.max = 100});
    const std::string number = in.text("number", {.max = 60});
    const std::string phone = in.optional_text("phone", {.min = 0, .max = 30});
    input.represents = in.optional_text("represents", {.min = 0, .max = 64});
    if (in.has("from_reader")) input.from_reader = in.boolean("from_reader");
    // Which rules apply hangs on these three; without them further errors would only be noise.
    if (role.empty() || kind.empty() || document.empty()) return input;
    input.role = *roles.find(role);
    input.kind = *kinds.find(kind);
    input.document_type = *documents.find(document);

    const bool person = input.kind == PartyKind::person;
    if (person != (input.document_type == DocumentType::citizen_card)) {
        in.fail("document_type", "not_a_choice", person ? "自然人应使用居民身份证" : "单位应使用统一社会信用代码");
    } else if (!number.empty()) {
        input.number = checked(in, "number", person ? check_citizen_number(number) : check_credit_code(number));
    }
    if (!phone.empty()) {
        input.phone = checked(in, "phone", check_mobile(phone));
    } else if (person) {
        in.fail("phone", "required", "自然人须填写手机号码，用于告知办理进度");
    }
    const bool agent = input.role == PartyRole::agent;
    if (agent && !person) in.fail("kind", "not_a_choice", "代理人应为自然人");
    if (agent && input.represents.empty()) in.fail("represents", "required", "请选择被代理人");
    if (!agent && !input.represents.empty()) in.fail("represents", "unexpected", "只有代理人可以填写被代理人");
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
    party.represents = input.represents;
    party.from_reader = input.from_reader;
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
    return copy;
}

std::vector<FieldError> party_set_faults(std::span<const Party> parties)
{
    std::vector<FieldError> faults;
    const auto add = [&](std::string pointer, std::string code, std::string detail) {
        faults.push_back({std::move(pointer), std::move(code), std::move(detail)});
    };
    const auto at = [](std::size_t i, std::string_view field) {
        return "/" + std::to_string(i) + "/" + std::string(field);
    };
    const auto find = [&](std::string_view id) { return std::ranges::find(parties, id, &Party::id); };

    for (PartyRole role : {PartyRole::mortgagor, PartyRole::mortgagee}) {
        if (std::ranges::find(parties, role, &Party::role) == parties.end()) {
            add("", "missing_" + std::string(to_text(role)), "还没有" + std::string(chinese(role)));
        }
    }
    for (std::size_t i = 0; i < parties.size(); ++i) {
        const Party& party = parties[i];
        for (std::size_t k = 0; k < i; ++k) {
            const Party& other = parties[k];
            if (party.number_digest != other.number_digest) continue;
            if (party.role == PartyRole::agent && other.role == PartyRole::agent) {
                // One agent may act for several on one side, not for both sides.
                const auto a = find(party.represents);
                const auto b = find(other.represents);
                if (party.represents == other.represents) {
                    add(at(i, "number"), "twice", "同一代理人重复登记");
                } else if (a != parties.end() && b != parties.end() && a->role != b->role) {
                    add(at(i, "represents"), "both_sides", "代理人不得同时代理双方（民法典第一百六十八条）");
                }
            } else if (party.role == other.role) {
                add(at(i, "number"), "twice", "同一证件号码重复登记");
            } else if (party.role != PartyRole::agent && other.role != PartyRole::agent) {
                add(at(i, "number"), "both_sides", "同一人不得既是抵押人又是抵押权人");
            }
        }
        if (party.role == PartyRole::agent) {
            const auto represented = find(party.represents);
            if (represented == parties.end()) {
                add(at(i, "represents"), "not_found", "被代理人不在当事人之中");
            } else if (represented->role == PartyRole::agent) {
                add(at(i, "represents"), "not_a_choice", "代理人不能代理另一代理人");
            } else {
                // He may be a party himself, but not the other side of the one he acts for.
                const bool opponent = std::ranges::any_of(parties, [&](const Party& other) {
                    return other.role != PartyRole::agent && other.role != represented->role &&
                           other.number_digest == party.number_digest;
                });
                if (opponent) add(at(i, "represents"), "both_sides", "当事人不得代理对方（民法典第一百六十八条）");
            }
        } else if (party.kind == PartyKind::organisation && std::ranges::none_of(parties, [&](const Party& other) {
                       return other.role == PartyRole::agent && other.represents == party.id;
                   })) {
            add(at(i, "id"), "missing_agent", party.name + "还没有代理人");
        }
    }
    return faults;
}

}  // namespace tongban
