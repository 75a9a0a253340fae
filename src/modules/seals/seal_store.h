#pragma once
// Seals of registries in the database, and their uses. Every function runs inside a transaction of the caller, in the
// lane of the registry.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/sql.h"
#include "modules/journal/core/journal.h"
#include "modules/seals/core/registry_seal.h"

namespace tongban {

struct NotedUse {
    std::int64_t serial_number = 0;
    SealUse use;
    Millis used_at = 0;
};

// Thread-safe: keeps no state between calls.
class SealStore {
public:
    SealStore(IdSource& ids, Journal& journal) : ids_(ids), journal_(journal) {}

    // Gives the id. seals.reason_missing.
    Result<std::string> request(Sql& sql, Agency agency, SealKind kind, const std::string& name,
                                const std::string& reason, const std::string& who, Millis now);
    std::optional<RegistrySeal> find(Sql& sql, Agency agency, const std::string& id);
    std::vector<RegistrySeal> all(Sql& sql, Agency agency, int rows_max);
    std::optional<RegistrySeal> in_force(Sql& sql, Agency agency, SealKind kind);

    // Does one act of core/registry_seal.h and journals it under `event` ("seal.approved"). seals.not_found,
    // seals.one_in_force, and what the act says.
    using Act = std::function<Result<RegistrySeal>(RegistrySeal)>;
    Result<RegistrySeal> change(Sql& sql, Agency agency, const std::string& id, const std::string& event,
                                const std::string& who, Millis now, const Act& act);

    // The seal of this kind, if it may be used for that; the use is noted. seals.not_in_force, seals.not_for_this.
    Result<RegistrySeal> use(Sql& sql, Agency agency, SealKind kind, const SealUse& use, Millis now);
    // Newest first, those with a number below `before`.
    std::vector<NotedUse> uses(Sql& sql, Agency agency, const std::string& id, std::int64_t before, int rows_max);

private:
    void note(Sql& sql, Agency agency, const RegistrySeal& seal, const std::string& event, const std::string& who,
              Millis now);

    IdSource& ids_;
    Journal& journal_;
};

}  // namespace tongban
