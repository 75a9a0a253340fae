#pragma once
// The register book of every registry: reading it, and the few changes that are allowed (条例 10: entries are made by
// law, never edited). Every function runs inside a transaction of the caller, in the lane of the registry. Every change
// raises the unit's version and is an event of the aggregate "unit" in the registry's journal, in the same transaction.
// `actor`: who, as the journal names it.

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/result.h"
#include "modules/journal/core/journal.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

struct NewUnit {
    std::string unit_number;  // normalised, 28 characters
    std::string location;
    UnitUse use = UnitUse::home;
    std::string use_name;
    std::string area;
    std::string right_type;
    std::string right_nature;
    std::string structure;
};

struct NewOwnership {
    std::string unit_number;
    std::string name;
    std::string document_type;  // 身份证, 统一社会信用代码
    std::string number;         // clear; sealed here
    std::string share;
    std::string certificate_number;
    std::string case_number;
    Millis registered_at = 0;
};

struct NewMortgage {
    std::string unit_number;
    bool maximum = false;  // 最高额抵押
    std::string mortgagee;
    std::string mortgagee_number_masked;
    std::string mortgagee_number_sealed;  // as the case holds it: sealed for the same registry
    std::string mortgagee_number_digest;
    std::string mortgagor;
    std::int64_t secured_amount_fen = 0;
    std::string term_from;  // dates
    std::string term_to;
    std::string scope;
    std::string contract_number;
    bool transfer_ban = false;
    std::string certificate_number;
    std::string case_number;
    std::string registrar;
    Millis registered_at = 0;
};

struct NewSeizure {
    std::string unit_number;
    std::string organ;
    std::string document_number;
    Millis delivered_at = 0;
    std::string until;
};

// Thread-safe.
class RegisterBook final : public RegisterReader {
public:
    RegisterBook(Vault& vault, IdSource& ids, Journal& journal);

    RegisterView find_unit(Sql& sql, Agency agency, std::string_view unit_number) override;
    // The same, and nobody changes the unit or its rights before the caller's transaction has ended — also no other
    // process, which has lanes of its own. For those who judge a unit in order to write. In a writing transaction only.
    RegisterView lock_unit(Sql& sql, Agency agency, std::string_view unit_number);

    // False when the unit is there already; nothing is changed then.
    bool add_unit(Sql& sql, Agency agency, const NewUnit& unit, std::string_view actor, Millis now);
    void add_ownership(Sql& sql, Agency agency, const NewOwnership& ownership, std::string_view actor, Millis now);

    // Enters the mortgage behind all current ones and gives its order. `reviewed_version`: the unit's version that was
    // just judged in the same transaction; another one means a bug in the caller or a foreign writer:
    // changed_meanwhile.
    Result<std::int64_t> add_mortgage(Sql& sql, Agency agency, const NewMortgage& mortgage,
                                      std::int64_t reviewed_version, std::string_view actor);
    Result<void> end_mortgage(Sql& sql, Agency agency, std::string_view id, std::string_view reason,
                              std::string_view actor, Millis now);

    // 查封; becomes a waiting seizure 轮候查封 when another one is in force. The same document again changes nothing.
    Result<SeizureKind> add_seizure(Sql& sql, Agency agency, const NewSeizure& seizure, std::string_view actor,
                                    Millis now);
    // 解封; the first waiting seizure takes effect by itself (查封规定 26).
    Result<void> lift_seizure(Sql& sql, Agency agency, std::string_view unit_number, std::string_view document_number,
                              std::string_view lifting_document, std::string_view actor, Millis now);

private:
    void record(Sql& sql, Agency agency, std::string_view unit_number, Event event, std::string_view actor, Millis now);

    Vault& vault_;
    IdSource& ids_;
    Journal& journal_;
};

}  // namespace tongban
