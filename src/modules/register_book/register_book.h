#pragma once
// The register book of every registry: reading it, and the few changes that are allowed (条例 10: entries are made by
// law, never edited). Every function runs inside a transaction of the caller, in the lane of the registry. Every change
// raises the unit's version and is an event of the aggregate "unit" in the registry's journal, in the same transaction.
// `actor`: who, as the journal names it. `reviewed_version`: the unit's version that was just judged in the same
// transaction; another one means a bug in the caller or a foreign writer: changed_meanwhile. A flow that makes several
// changes reads the unit again between them.
// A changed right is a new record; the old one becomes history.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/result.h"
#include "modules/journal/core/journal.h"
#include "modules/register_book/core/register_entries.h"
#include "modules/register_book/core/register_reader.h"

namespace tongban {

struct EncumbranceRow;  // register_rows.h

// Thread-safe.
class RegisterBook final : public RegisterReader {
public:
    RegisterBook(Vault& vault, IdSource& ids, Journal& journal);

    // Reading: two statements, whatever stands on the unit.
    RegisterView find_unit(Sql& sql, Agency agency, std::string_view unit_number) override;
    // The same, and nobody changes the unit or its rights before the caller's transaction has ended — also no other
    // process, which has lanes of its own. For those who judge a unit in order to write. In a writing transaction only.
    RegisterView lock_unit(Sql& sql, Agency agency, std::string_view unit_number);
    // Buildings and flats on the parcel of any unit number.
    std::vector<std::string> units_on_parcel(Sql& sql, Agency agency, std::string_view unit_number);
    // Units owned by the person with this number (clear), now or under this number before (H13).
    std::vector<std::string> units_of_number(Sql& sql, Agency agency, std::string_view number, int rows_max);

    // A holder as the register keeps it, from a clear number.
    RightHolder holder(Agency agency, std::string_view name, std::string_view document_type, std::string_view number);

    // Units. add_unit: false when the unit is there already; nothing is changed then.
    bool add_unit(Sql& sql, Agency agency, const NewUnit& unit, std::string_view actor, Millis now);
    // 锁定: refuses what the rules say until it is unlocked. Not to be confused with lock_unit above.
    Result<void> set_lock(Sql& sql, Agency agency, const NewLock& lock, std::string_view actor, Millis now);
    Result<void> release_lock(Sql& sql, Agency agency, std::string_view unit_number, std::string_view reason,
                              std::string_view actor, Millis now);
    // The cadastral link of a 虚拟单元 is made.
    Result<void> link_placeholder(Sql& sql, Agency agency, std::string_view unit_number, std::string_view actor,
                                  Millis now);
    Result<Entered> readdress_unit(Sql& sql, Agency agency, const UnitReaddress& change, std::int64_t reviewed_version,
                                   std::string_view actor);

    // Ownership. add_ownership is for filling the book (first registration, the demonstration): a share that does not
    // fit beside the others is a broken invariant.
    void add_ownership(Sql& sql, Agency agency, const NewOwnership& ownership, std::string_view actor, Millis now);
    // Ends what passes over, enters the new owners, ends the sale pre-notices whose holders are all among them and,
    // when asked, turns a mortgage pre-notice into the mortgage. shares_not_whole unless all owners then make the
    // whole.
    Result<Entered> transfer_ownership(Sql& sql, Agency agency, const OwnershipTransfer& transfer,
                                       std::int64_t reviewed_version, std::string_view actor);
    Result<Entered> rename_holder(Sql& sql, Agency agency, const HolderRename& rename, std::int64_t reviewed_version,
                                  std::string_view actor);
    Result<Entered> replace_certificates(Sql& sql, Agency agency, const CertificateReplacement& change,
                                         std::int64_t reviewed_version, std::string_view actor);

    // Mortgages. add_mortgage enters behind all current ones and gives the order.
    Result<std::int64_t> add_mortgage(Sql& sql, Agency agency, const NewMortgage& mortgage,
                                      std::int64_t reviewed_version, std::string_view actor);
    Result<Entered> alter_mortgage(Sql& sql, Agency agency, const MortgageAlteration& alteration,
                                   std::int64_t reviewed_version, std::string_view actor);
    Result<Entered> assign_mortgage(Sql& sql, Agency agency, const MortgageAssignment& assignment,
                                    std::int64_t reviewed_version, std::string_view actor);
    Result<void> end_mortgage(Sql& sql, Agency agency, std::string_view id, std::string_view reason,
                              std::string_view actor, Millis now);
    // The pre-notice becomes the mortgage without a transfer in the same entry; `mortgagor`: the owners who give it.
    Result<Entered> convert_mortgage_notice(Sql& sql, Agency agency, std::string_view unit_number,
                                            const NoticeConversion& conversion, const EntryBy& by,
                                            std::int64_t reviewed_version, std::string_view actor);

    // What others hold.
    Result<Entered> add_pre_notice(Sql& sql, Agency agency, const NewPreNotice& notice, std::int64_t reviewed_version,
                                   std::string_view actor);
    Result<Entered> add_objection(Sql& sql, Agency agency, const NewObjection& objection, std::int64_t reviewed_version,
                                  std::string_view actor);
    Result<Entered> add_use_right(Sql& sql, Agency agency, const NewUseRight& right, std::int64_t reviewed_version,
                                  std::string_view actor);
    // Any of the three, by id.
    Result<void> end_encumbrance(Sql& sql, Agency agency, std::string_view id, std::string_view reason,
                                 std::string_view actor, Millis now);

    // 查封; becomes a waiting seizure 轮候查封 when one that was delivered earlier is in force, and makes those wait
    // that were delivered later (H33). On a parcel it counts for every unit on it. The same document again changes
    // nothing.
    Result<SeizureKind> add_seizure(Sql& sql, Agency agency, const NewSeizure& seizure, std::string_view actor,
                                    Millis now);
    // 解封; the first waiting seizure takes effect by itself (查封规定 26).
    Result<void> lift_seizure(Sql& sql, Agency agency, std::string_view unit_number, std::string_view document_number,
                              std::string_view lifting_document, std::string_view actor, Millis now);

private:
    using HolderChange = std::function<bool(RightHolder&)>;      // true: changed
    using NameChange = std::function<std::string(std::string)>;  // of a text with names

    Result<RegisterView> judged(Sql& sql, Agency agency, std::string_view unit_number, std::int64_t reviewed_version);
    void record(Sql& sql, Agency agency, std::string_view unit_number, Event event, std::string_view actor, Millis now);
    // Also for every unit on it when the number is a parcel's.
    void record_on_parcel(Sql& sql, Agency agency, std::string_view unit_number, const Event& event,
                          std::string_view actor, Millis now);
    std::string insert(Sql& sql, Agency agency, std::string_view unit_number, const RegisteredOwner& owner,
                       const EntryBy& by);
    std::string insert(Sql& sql, Agency agency, std::string_view unit_number, const RegisteredMortgage& mortgage);
    std::string insert(Sql& sql, Agency agency, std::string_view unit_number, const EncumbranceRow& row);
    Result<Entered> add_encumbrance(Sql& sql, Agency agency, std::string_view unit_number, const EncumbranceRow& row,
                                    std::int64_t reviewed_version, std::string_view actor);
    Result<Entered> succeed(Sql& sql, Agency agency, const RegisteredMortgage& before, RegisteredMortgage after,
                            std::string_view unit_number, std::string_view event_type, std::string_view reason,
                            const EntryBy& by, std::string_view actor);
    // The mortgage that a pre-notice becomes, in its place among the others; gives its id and order.
    std::pair<std::string, std::int64_t> convert(Sql& sql, Agency agency, const RegisterView& view,
                                                 const RegisteredPreNotice& notice, const NoticeConversion& conversion,
                                                 const EntryBy& by, std::string_view actor);
    void settle_seizures(Sql& sql, Agency agency, std::string_view unit_number);
    // New versions of everything that one of the changes concerns.
    std::vector<std::string> renew(Sql& sql, Agency agency, const RegisterView& view, std::string_view reason,
                                   const HolderChange& holder_change, const NameChange& name_change,
                                   const ReplacedCertificates& replaced, const EntryBy& by);

    Vault& vault_;
    IdSource& ids_;
    Journal& journal_;
};

}  // namespace tongban
