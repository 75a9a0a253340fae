// Ownership: how it passes over, and the same rights under another name, address or certificate.

#include <algorithm>

#include "base/codes.h"
#include "modules/register_book/core/register_questions.h"
#include "modules/register_book/register_book.h"
#include "modules/register_book/register_problems.h"
#include "modules/register_book/register_rows.h"
#include "sql/register_book_sql.h"

namespace tongban {

namespace json = boost::json;

namespace {

constexpr std::int64_t history = 2;
constexpr std::int64_t terminated = 3;

json::array texts(const std::vector<std::string>& all)
{
    json::array array;
    for (const std::string& one : all) array.push_back(json::value(one));
    return array;
}

void add_once(std::vector<std::string>& all, const std::string& one)
{
    if (!one.empty() && std::ranges::find(all, one) == all.end()) all.push_back(one);
}

bool is_current(RightStatus status)
{
    return status == RightStatus::current;
}

std::string replaced_by(const ReplacedCertificates& replaced, const std::string& number)
{
    const auto found = std::ranges::find(replaced, number, [](const auto& pair) { return pair.first; });
    return found == replaced.end() ? number : found->second;
}

// One name of a text with several: 王示范、孙示例.
std::string renamed(const std::string& names, std::string_view from, std::string_view to)
{
    constexpr std::string_view separator = "、";
    std::string result;
    std::size_t at = 0;
    while (at <= names.size()) {
        const std::size_t end = std::min(names.find(separator, at), names.size());
        const std::string_view name = std::string_view(names).substr(at, end - at);
        if (!result.empty()) result += separator;
        result += name == from ? to : name;
        at = end + separator.size();
    }
    return result;
}

// Every replaced certificate must stand for something current.
const std::string* first_unknown(const RegisterView& view, const ReplacedCertificates& replaced)
{
    for (const auto& [from, to] : replaced) {
        if (!certificate_in_force(view, from)) return &from;
    }
    return nullptr;
}

std::vector<std::string> no_longer_in_force(const RegisterView& before, const RegisterView& after)
{
    std::vector<std::string> ended;
    const auto look = [&](const std::string& number) {
        if (!certificate_in_force(after, number)) add_once(ended, number);
    };
    for (const RegisteredOwner& owner : before.owners) look(owner.certificate_number);
    for (const auto& m : before.mortgages) {
        if (is_current(m.status)) look(m.certificate_number);
    }
    for (const auto& n : before.pre_notices) {
        if (is_current(n.status)) look(n.certificate_number);
    }
    for (const auto& o : before.objections) {
        if (is_current(o.status)) look(o.certificate_number);
    }
    for (const auto* rights : {&before.residence_rights, &before.easements}) {
        for (const auto& r : *rights) {
            if (is_current(r.status)) look(r.certificate_number);
        }
    }
    return ended;
}

std::vector<std::string> digests_of(const std::vector<NewOwner>& owners)
{
    std::vector<std::string> all;
    for (const NewOwner& owner : owners) all.push_back(owner.holder.number_digest);
    return all;
}

// All owners after the transfer: those who stay and the new ones.
Result<void> check_shares(const RegisterView& view, const OwnershipTransfer& transfer)
{
    std::vector<OwnerShare> shares;
    for (const RegisteredOwner& owner : view.owners) {
        const bool ends =
            transfer.ending.empty() || std::ranges::find(transfer.ending, owner.id) != transfer.ending.end();
        if (!ends) shares.push_back(owner.part());
    }
    for (const NewOwner& owner : transfer.owners) {
        const std::optional<OwnerShare> share = find_owner_share(owner.share);
        if (!share) return Error{register_problem::shares_not_whole, "份额应写作“单独所有”“共同共有”或分数，例如1/2"};
        shares.push_back(*share);
    }
    if (whole_of(shares) != Whole::exact) return Error{register_problem::shares_not_whole};
    return {};
}

}  // namespace

std::string RegisterBook::insert(Sql& sql, Agency agency, std::string_view unit_number, const RegisteredOwner& owner,
                                 const EntryBy& by)
{
    std::string id = ids_.next();
    sql.execute(sql::register_ownership_add,
                {agency, id, std::string(unit_number), owner.name, owner.document_type, owner.number_masked,
                 owner.number_sealed, owner.number_digest, owner.share, owner.certificate_number, by.case_number,
                 by.registrar, by.at});
    return id;
}

void RegisterBook::add_ownership(Sql& sql, Agency agency, const NewOwnership& ownership, std::string_view actor,
                                 Millis now)
{
    const RightHolder person = holder(agency, ownership.name, ownership.document_type, ownership.number);
    RegisteredOwner owner{person.name,
                          person.number_masked,
                          person.number_sealed,
                          person.number_digest,
                          ownership.share,
                          ownership.certificate_number,
                          now};
    owner.document_type = person.document_type;
    RegisterView view = lock_unit(sql, agency, ownership.unit_number);
    view.owners.push_back(owner);
    TONGBAN_ASSERT(whole_of_owners(view) != Whole::beyond);
    insert(sql, agency, ownership.unit_number, owner, {ownership.case_number, {}, ownership.registered_at});
    record(sql, agency, ownership.unit_number,
           unit_event("register.ownership_added",
                      {
                          {"certificate_number", ownership.certificate_number}
    }),
           actor, now);
}

Result<Entered> RegisterBook::transfer_ownership(Sql& sql, Agency agency, const OwnershipTransfer& transfer,
                                                 std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = TRY(judged(sql, agency, transfer.unit_number, reviewed_version));
    if (transfer.owners.empty()) return Error{register_problem::holder_missing};
    for (const std::string& id : transfer.ending) {
        if (std::ranges::find(view.owners, id, &RegisteredOwner::id) == view.owners.end())
            return Error{register_problem::ownership_unknown};
    }
    TRY(check_shares(view, transfer));
    const RegisteredPreNotice* converted = nullptr;
    if (transfer.conversion) {
        converted = find_mortgage_notice(view, transfer.conversion->notice_id);
        if (converted == nullptr) return Error{register_problem::encumbrance_unknown};
    }

    json::array ended;
    for (const RegisteredOwner& owner : view.owners) {
        if (!transfer.ending.empty() && std::ranges::find(transfer.ending, owner.id) == transfer.ending.end()) continue;
        sql.execute(sql::register_ownership_end, {agency, owner.id, transfer.by.at, std::string("转移登记")});
        ended.push_back(json::value(owner.id));
    }
    Entered entered;
    for (const NewOwner& fresh : transfer.owners) {
        RegisteredOwner owner{fresh.holder.name,
                              fresh.holder.number_masked,
                              fresh.holder.number_sealed,
                              fresh.holder.number_digest,
                              fresh.share,
                              fresh.certificate_number,
                              transfer.by.at};
        owner.document_type = fresh.holder.document_type;
        entered.ids.push_back(insert(sql, agency, transfer.unit_number, owner, transfer.by));
    }
    // The claim is fulfilled: who holds it owns the unit now (民法典 221).
    std::vector<std::string> fulfilled;
    const std::vector<std::string> buyers = digests_of(transfer.owners);
    for (const RegisteredPreNotice& notice : view.pre_notices) {
        if (!is_current(notice.status) || notice.kind != PreNoticeKind::sale) continue;
        if (!std::ranges::all_of(notice.holders, [&](const RightHolder& holder) {
                return std::ranges::find(buyers, holder.number_digest) != buyers.end();
            }))
            continue;
        sql.execute(sql::register_encumbrance_end,
                    {agency, notice.id, transfer.by.at, std::string("已办理转移登记"), terminated});
        fulfilled.push_back(notice.id);
    }
    record(sql, agency, transfer.unit_number,
           unit_event("register.transferred",
                      {
                          {"case_number",       transfer.by.case_number},
                          {"ended",             ended                  },
                          {"entered",           texts(entered.ids)     },
                          {"fulfilled_notices", texts(fulfilled)       }
    }),
           actor, transfer.by.at);
    if (converted != nullptr) {
        const auto [id, order] = convert(sql, agency, view, *converted, *transfer.conversion, transfer.by, actor);
        entered.ids.push_back(id);
        entered.mortgage_order = order;
    }
    entered.ended_certificates = no_longer_in_force(view, find_unit(sql, agency, transfer.unit_number));
    return entered;
}

std::vector<std::string> RegisterBook::renew(Sql& sql, Agency agency, const RegisterView& view, std::string_view reason,
                                             const HolderChange& holder_change, const NameChange& name_change,
                                             const ReplacedCertificates& replaced, const EntryBy& by)
{
    std::vector<std::string> ids;
    const auto change_all = [&](std::vector<RightHolder>& holders) {
        bool changed = false;
        for (RightHolder& holder : holders) changed = holder_change(holder) || changed;
        return changed;
    };
    for (const RegisteredOwner& before : view.owners) {
        RightHolder person = before.holder();
        const bool changed = holder_change(person);
        const std::string certificate = replaced_by(replaced, before.certificate_number);
        if (!changed && certificate == before.certificate_number) continue;
        RegisteredOwner after = before;
        after.name = person.name;
        after.document_type = person.document_type;
        after.number_masked = person.number_masked;
        after.number_sealed = person.number_sealed;
        after.number_digest = person.number_digest;
        after.certificate_number = certificate;
        sql.execute(sql::register_ownership_end, {agency, before.id, by.at, std::string(reason)});
        ids.push_back(insert(sql, agency, view.unit_number, after, by));
    }
    // These keep the case and the time of their entry: nothing of the right itself has changed.
    for (const RegisteredMortgage& before : view.mortgages) {
        if (!is_current(before.status)) continue;
        RegisteredMortgage after = before;
        const bool changed = change_all(after.holders);
        after.mortgagor = name_change(before.mortgagor);
        after.certificate_number = replaced_by(replaced, before.certificate_number);
        if (!changed && after.mortgagor == before.mortgagor && after.certificate_number == before.certificate_number)
            continue;
        sql.execute(sql::register_mortgage_end, {agency, before.id, by.at, std::string(reason), history});
        ids.push_back(insert(sql, agency, view.unit_number, after));
    }
    const auto renew_row = [&](const std::string& id, RightStatus status, const EncumbranceRow& before) {
        if (!is_current(status)) return;
        EncumbranceRow after = before;
        const bool changed = change_all(after.holders);
        after.obligor = name_change(before.obligor);
        after.certificate_number = replaced_by(replaced, before.certificate_number);
        if (!changed && after.obligor == before.obligor && after.certificate_number == before.certificate_number)
            return;
        sql.execute(sql::register_encumbrance_end, {agency, id, by.at, std::string(reason), history});
        ids.push_back(insert(sql, agency, view.unit_number, after));
    };
    for (const auto& notice : view.pre_notices) renew_row(notice.id, notice.status, row_of(notice));
    for (const auto& objection : view.objections) renew_row(objection.id, objection.status, row_of(objection));
    for (const auto& right : view.residence_rights)
        renew_row(right.id, right.status, row_of(right, encumbrance_kind::residence_right));
    for (const auto& right : view.easements)
        renew_row(right.id, right.status, row_of(right, encumbrance_kind::easement));
    return ids;
}

Result<Entered> RegisterBook::rename_holder(Sql& sql, Agency agency, const HolderRename& rename,
                                            std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = TRY(judged(sql, agency, rename.unit_number, reviewed_version));
    if (const std::string* unknown = first_unknown(view, rename.replaced))
        return Error{register_problem::certificate_unknown, *unknown};
    bool found = false;
    const auto person = [&](RightHolder& holder) {
        if (holder.number_digest.empty() || holder.number_digest != rename.old_digest) return false;
        found = true;
        if (holder == rename.now) return false;
        holder = rename.now;
        return true;
    };
    const auto names = [&](const std::string& text) {
        return rename.old_name.empty() ? text : renamed(text, rename.old_name, rename.now.name);
    };
    Entered entered;
    entered.ids = renew(sql, agency, view, "变更登记", person, names, rename.replaced, rename.by);
    if (!found) return Error{register_problem::holder_unknown};
    if (rename.now.number_digest != rename.old_digest) {
        sql.execute(sql::register_former_number_follow,
                    {agency, rename.unit_number, rename.old_digest, rename.now.number_digest});
        sql.execute(sql::register_former_number_add, {agency, rename.unit_number, rename.old_digest,
                                                      rename.now.number_digest, rename.by.case_number, rename.by.at});
    }
    record(sql, agency, rename.unit_number,
           unit_event("register.holder_renamed",
                      {
                          {"case_number",    rename.by.case_number                        },
                          {"entered",        texts(entered.ids)                           },
                          {"number_changed", rename.now.number_digest != rename.old_digest}
    }),
           actor, rename.by.at);
    entered.ended_certificates = no_longer_in_force(view, find_unit(sql, agency, rename.unit_number));
    return entered;
}

Result<Entered> RegisterBook::readdress_unit(Sql& sql, Agency agency, const UnitReaddress& change,
                                             std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = TRY(judged(sql, agency, change.unit_number, reviewed_version));
    if (const std::string* unknown = first_unknown(view, change.replaced))
        return Error{register_problem::certificate_unknown, *unknown};
    sql.execute(sql::register_unit_readdress, {agency, change.unit_number, change.location});
    Entered entered;
    entered.ids = renew(
        sql, agency, view, "变更登记", [](RightHolder&) { return false; }, [](std::string text) { return text; },
        change.replaced, change.by);
    record(sql, agency, change.unit_number,
           unit_event("register.readdressed",
                      {
                          {"case_number", change.by.case_number},
                          {"before",      view.location        },
                          {"after",       change.location      },
                          {"entered",     texts(entered.ids)   }
    }),
           actor, change.by.at);
    entered.ended_certificates = no_longer_in_force(view, find_unit(sql, agency, change.unit_number));
    return entered;
}

Result<Entered> RegisterBook::replace_certificates(Sql& sql, Agency agency, const CertificateReplacement& change,
                                                   std::int64_t reviewed_version, std::string_view actor)
{
    const RegisterView view = TRY(judged(sql, agency, change.unit_number, reviewed_version));
    if (const std::string* unknown = first_unknown(view, change.replaced))
        return Error{register_problem::certificate_unknown, *unknown};
    Entered entered;
    entered.ids = renew(
        sql, agency, view, "换证或补证", [](RightHolder&) { return false; }, [](std::string text) { return text; },
        change.replaced, change.by);
    record(sql, agency, change.unit_number,
           unit_event("register.certificates_replaced",
                      {
                          {"case_number", change.by.case_number},
                          {"entered",     texts(entered.ids)   }
    }),
           actor, change.by.at);
    entered.ended_certificates = no_longer_in_force(view, find_unit(sql, agency, change.unit_number));
    return entered;
}

}  // namespace tongban
