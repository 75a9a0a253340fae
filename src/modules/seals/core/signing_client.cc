#include "modules/seals/core/signing_client.h"

#include <algorithm>
#include <charconv>

#include "base/text_table.h"
#include "modules/seals/core/seals_problems.h"

namespace tongban {

namespace {

constexpr TextTable<ClientState, 5> states{{{{ClientState::requested, "requested"},
                                             {ClientState::approved, "approved"},
                                             {ClientState::issued, "issued"},
                                             {ClientState::refused, "refused"},
                                             {ClientState::revoked, "revoked"}}}};
constexpr TextTable<ClientState, 5> states_in_chinese{{{{ClientState::requested, "待审批"},
                                                        {ClientState::approved, "待发凭据"},
                                                        {ClientState::issued, "在用"},
                                                        {ClientState::refused, "未批准"},
                                                        {ClientState::revoked, "已停用"}}}};
constexpr std::size_t id_bytes_max = 60;
constexpr std::size_t secret_digits = 64;
constexpr std::size_t agency_digits = 6;

void end(SigningClient& client, ClientState state, const std::string& who, const std::string& why, Millis now)
{
    client.state = state;
    client.ended_by = who;
    client.ended_at = now;
    client.ended_reason = why;
    client.secret_digest.clear();
    ++client.version;
}

bool holds(const std::vector<SealGrant>& grants, SealKind seal, std::string_view purpose)
{
    return std::ranges::any_of(grants,
                               [&](const SealGrant& grant) { return grant.seal == seal && grant.purpose == purpose; });
}

}  // namespace

std::string_view to_text(ClientState state)
{
    return states.text(state);
}

std::string_view chinese(ClientState state)
{
    return states_in_chinese.text(state);
}

const ClientState* find_client_state(std::string_view text)
{
    return states.find(text);
}

Result<std::vector<SealGrant>> read_grants(std::string_view text)
{
    std::vector<SealGrant> grants;
    while (!text.empty()) {
        const std::size_t end_of_one = std::min(text.find(' '), text.size());
        const std::string_view one = text.substr(0, end_of_one);
        text.remove_prefix(std::min(end_of_one + 1, text.size()));
        if (one.empty()) continue;
        const std::size_t slash = one.find('/');
        const SealKind* seal = slash == std::string_view::npos ? nullptr : find_seal_kind(one.substr(0, slash));
        if (seal == nullptr) return Error{seals_problem::grants_invalid, "应写作“印章/用途”：" + std::string(one)};
        const std::string purpose(one.substr(slash + 1));
        if (!is_purpose_of(*seal, system_duty, purpose) || holds(grants, *seal, purpose))
            return Error{seals_problem::grants_invalid, "业务系统不能有这一项，或重复：" + std::string(one)};
        grants.push_back({*seal, purpose});
    }
    if (grants.empty()) return Error{seals_problem::grants_invalid, "至少一项"};
    return grants;
}

std::string grants_text(const std::vector<SealGrant>& grants)
{
    std::string text;
    for (const SealGrant& grant : grants)
        text += (text.empty() ? "" : " ") + std::string(to_text(grant.seal)) + "/" + grant.purpose;
    return text;
}

Result<SigningClient> approve(SigningClient client, const std::string& who, Millis now)
{
    if (client.state != ClientState::requested) return Error{seals_problem::client_state};
    if (client.requested_by == who) return Error{seals_problem::same_person};
    client.state = ClientState::approved;
    client.decided_by = who;
    client.decided_at = now;
    ++client.version;
    return client;
}

Result<SigningClient> refuse(SigningClient client, const std::string& who, const std::string& why, Millis now)
{
    if (client.state != ClientState::requested) return Error{seals_problem::client_state};
    if (why.empty()) return Error{seals_problem::reason_missing};
    client.decided_by = who;
    client.decided_at = now;
    end(client, ClientState::refused, who, why, now);
    return client;
}

Result<SigningClient> give_secret(SigningClient client, const std::string& digest, const std::string& who, Millis now)
{
    if (client.state != ClientState::approved && client.state != ClientState::issued)
        return Error{seals_problem::client_state};
    TONGBAN_ASSERT(!digest.empty());
    client.state = ClientState::issued;
    client.secret_digest = digest;
    client.issued_by = who;
    client.issued_at = now;
    ++client.version;
    return client;
}

Result<SigningClient> revoke(SigningClient client, const std::string& who, const std::string& why, Millis now)
{
    if (client.state != ClientState::approved && client.state != ClientState::issued)
        return Error{seals_problem::client_state};
    if (why.empty()) return Error{seals_problem::reason_missing};
    end(client, ClientState::revoked, who, why, now);
    return client;
}

Result<void> may_seal(const SigningClient& client, SealKind seal, std::string_view purpose)
{
    if (client.state != ClientState::issued) return Error{seals_problem::client_revoked};
    if (!holds(client.grants, seal, purpose)) return Error{seals_problem::not_granted};
    return {};
}

std::string token_text(const ClientToken& token)
{
    return std::to_string(token.agency) + "." + token.id + "." + token.secret;
}

std::optional<ClientToken> read_token(std::string_view text)
{
    const std::size_t first = text.find('.');
    const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
    if (first != agency_digits || second == std::string_view::npos) return std::nullopt;
    ClientToken token;
    const auto [stopped, fault] = std::from_chars(text.data(), text.data() + first, token.agency);
    if (fault != std::errc{} || stopped != text.data() + first || token.agency < 100'000) return std::nullopt;
    token.id = text.substr(first + 1, second - first - 1);
    token.secret = text.substr(second + 1);
    constexpr std::string_view hex = "0123456789abcdef";
    if (token.id.empty() || token.id.size() > id_bytes_max || token.secret.size() != secret_digits ||
        token.id.find_first_not_of("0123456789abcdef-") != std::string::npos ||
        token.secret.find_first_not_of(hex) != std::string::npos)
        return std::nullopt;
    return token;
}

}  // namespace tongban
