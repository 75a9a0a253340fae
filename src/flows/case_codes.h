#pragma once
// The codes 核验码 with which the parties of a case join it from another window or online. One per party (who acts for
// it uses the same); only a digest is stored; ten wrong guesses at a case burn all its codes, and a new one is sent.

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/sql.h"

namespace tongban {

// Thread-safe; every call inside a unit of the home registry's lane.
class CaseCodes {
public:
    static constexpr int attempts_max = 10;
    static constexpr Millis again_after = 60 * 1000;  // between two codes for one party

    CaseCodes(Vault& vault, IdSource& ids) : vault_(vault), ids_(ids) {}

    // A new code, eight digits; the party's old one is void. `until`: the last day, 2026-12-24.
    std::string renew(Sql& sql, Agency agency, const std::string& case_number, const std::string& party,
                      const std::string& until, Millis now);
    // When the party's code was made; nothing when it has none.
    static std::optional<Millis> made_at(Sql& sql, Agency agency, const std::string& case_number,
                                         const std::string& party);
    // Whose code it is. A wrong one is counted, so the unit must be committed.
    std::optional<std::string> check(Sql& sql, Agency agency, const std::string& case_number, const std::string& code,
                                     const std::string& today);
    static void forget(Sql& sql, Agency agency, const std::string& case_number);
    static void forget(Sql& sql, Agency agency, const std::string& case_number, const std::string& party);

    // Lets in the visit that was answered, and no other: of case, party and registry, under the home registry's key.
    std::string ticket(Agency agency, const std::string& case_number, const std::string& party, Agency visitor);

private:
    std::string digest(Agency agency, const std::string& case_number, const std::string& code);

    Vault& vault_;
    IdSource& ids_;
};

}  // namespace tongban
