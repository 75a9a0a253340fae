// The registries' electronic seals at work: made when people approved them, noted each time they are used.
#include <limits>

#include "modules/seals/core/seals_problems.h"
#include "server/platform_parts.h"

namespace tongban {

// Key, certificate and seal are made once, whatever happens between that and the note in the database.
Result<RegistrySeal> Platform::Parts::issue_seal(Agency agency, const std::string& id, const std::string& who)
{
    constexpr Millis valid_for = 3LL * 365 * 24 * 3600 * 1000;
    const Registry* registry = catalog.find_registry(agency);
    std::optional<RegistrySeal> seal;
    TRY(database->read([&](Sql& sql) -> Result<void> {
        seal = seal_store.find(sql, agency, id);
        return {};
    }));
    if (!seal || registry == nullptr) return Error{seals_problem::not_found};
    if (seal->state != SealState::approved) return Error{seals_problem::wrong_state};
    const Millis now = clock.now() / 1000 * 1000;
    const SealFacts facts =
        seals->make(agency, id,
                    {seal->name, registry->name, TRY(press->seal_picture(registry->name, chinese(seal->kind))), now,
                     now + valid_for});
    std::optional<RegistrySeal> issued;
    TRY(database->write(agency, [&](Sql& sql) -> Result<void> {
        issued = TRY(seal_store.change(sql, agency, id, "seal.issued", who, clock.now(), [&](RegistrySeal before) {
            return make_issued(std::move(before), facts.id, facts.from, facts.until);
        }));
        return {};
    }));
    return std::move(*issued);
}

// The registry's seal, its use noted. A demonstration asks for, approves and makes the first one by itself; once there
// was one, people decide.
std::optional<std::string> Platform::Parts::registration_seal(Agency agency, const std::string& number)
{
    const Registry* registry = catalog.find_registry(agency);
    if (registry == nullptr) return std::nullopt;
    if (config.demonstration) {
        std::string fresh;
        const auto asked = database->write(agency, [&](Sql& sql) -> Result<void> {
            fresh.clear();
            for (const RegistrySeal& seal : seal_store.all(sql, agency, 1000))
                if (seal.kind == SealKind::registration) return {};
            const std::string name = registry->name + std::string(chinese(SealKind::registration));
            fresh = TRY(seal_store.request(sql, agency, SealKind::registration, name, "演示环境自动配置", "demo-setup",
                                           clock.now()));
            TRY(seal_store.change(
                sql, agency, fresh, "seal.approved", "demo-approver", clock.now(),
                [&](RegistrySeal seal) { return approve(std::move(seal), "demo-approver", clock.now()); }));
            return {};
        });
        TONGBAN_ASSERT(asked.has_value());
        if (!fresh.empty() && !issue_seal(agency, fresh, "demo-setup")) return std::nullopt;
    }
    std::optional<std::string> id;
    const auto used = database->write(agency, [&](Sql& sql) -> Result<void> {
        id = TRY(seal_store.use(sql, agency, SealKind::registration, {"platform", "platform", "certificate", number},
                                clock.now()))
                 .id;
        return {};
    });
    if (!used) return std::nullopt;  // no seal in force: the certificate waits, and says so
    return id;
}

Result<void> Platform::act_on_seal(Agency agency, const SealAct& act)
{
    Parts& it = *parts_;
    const Millis now = it.clock.now();
    if (act.what == "issue") {
        TRY(it.issue_seal(agency, act.seal, act.who));
        return {};
    }
    return it.database->write(agency, [&](Sql& sql) -> Result<void> {
        if (act.what == "request") {
            const SealKind* kind = find_seal_kind(act.kind);
            const Registry* registry = it.catalog.find_registry(agency);
            if (kind == nullptr || registry == nullptr) return Error{seals_problem::not_found};
            TRY(it.seal_store.request(sql, agency, *kind, registry->name + std::string(chinese(*kind)), act.reason,
                                      act.who, now));
            return {};
        }
        const auto change = [&](const char* event, const SealStore::Act& done) -> Result<void> {
            TRY(it.seal_store.change(sql, agency, act.seal, event, act.who, now, done));
            return {};
        };
        if (act.what == "approve")
            return change("seal.approved", [&](RegistrySeal seal) { return approve(std::move(seal), act.who, now); });
        if (act.what == "refuse")
            return change("seal.refused",
                          [&](RegistrySeal seal) { return refuse(std::move(seal), act.who, act.reason, now); });
        if (act.what == "retire")
            return change("seal.retired",
                          [&](RegistrySeal seal) { return retire(std::move(seal), act.who, act.reason, now); });
        return Error{seals_problem::wrong_state};
    });
}

Result<std::string> Platform::act_on_client(Agency agency, const ClientAct& act)
{
    constexpr int secret_bytes = 32;
    Parts& it = *parts_;
    const Millis now = it.clock.now();
    if (it.catalog.find_registry(agency) == nullptr) return Error{seals_problem::client_not_found};
    const std::string secret = act.what == "issue" ? it.ids.secret(secret_bytes) : std::string{};
    std::string said;
    TRY(it.database->write(agency, [&](Sql& sql) -> Result<void> {
        if (act.what == "request") {
            said = TRY(it.signings.request(sql, agency, act.wish, act.who, now));
            return {};
        }
        const auto change = [&](const char* event, const SigningStore::Act& done) -> Result<void> {
            TRY(it.signings.change(sql, agency, act.client, event, act.who, now, done));
            return {};
        };
        if (act.what == "approve")
            return change("signing.client_approved",
                          [&](SigningClient client) { return approve(std::move(client), act.who, now); });
        if (act.what == "refuse")
            return change("signing.client_refused",
                          [&](SigningClient client) { return refuse(std::move(client), act.who, act.reason, now); });
        if (act.what == "issue")
            return change("signing.client_issued", [&](SigningClient client) {
                return give_secret(std::move(client), sm3_hex(secret), act.who, now);
            });
        if (act.what == "revoke")
            return change("signing.client_revoked",
                          [&](SigningClient client) { return revoke(std::move(client), act.who, act.reason, now); });
        return Error{seals_problem::client_state};
    }));
    if (act.what == "issue") said = token_text({agency, act.client, secret});
    return said;
}

std::vector<SigningClient> Platform::signing_clients(Agency agency, int rows_max)
{
    std::vector<SigningClient> all;
    const auto read = parts_->database->read([&](Sql& sql) -> Result<void> {
        all = parts_->signings.clients(sql, agency, rows_max);
        return {};
    });
    TONGBAN_ASSERT(read.has_value());
    return all;
}

std::vector<Platform::SealWithUses> Platform::seals(Agency agency, int rows_max)
{
    std::vector<SealWithUses> all;
    const auto read = parts_->database->read([&](Sql& sql) -> Result<void> {
        all.clear();
        for (RegistrySeal& seal : parts_->seal_store.all(sql, agency, rows_max)) {
            std::vector<NotedUse> uses =
                parts_->seal_store.uses(sql, agency, seal.id, std::numeric_limits<std::int64_t>::max(), rows_max);
            all.push_back({std::move(seal), std::move(uses)});
        }
        return {};
    });
    TONGBAN_ASSERT(read.has_value());
    return all;
}

}  // namespace tongban
