#include "modules/register_book/register_rows.h"

#include <algorithm>

#include "base/record.h"

namespace tongban {

namespace json = boost::json;

namespace {

// The columns of register_rights_of. Each section uses a … g and n1 … n4 in its own way.
enum Column : std::size_t {
    section,
    id,
    status,
    kind,
    a,
    b,
    c,
    d,
    e,
    f,
    g,
    certificate_number,
    case_number,
    registrar,
    end_reason,
    registered_at,
    ended_at,
    sort_at,
    n1,
    n2,
    n3,
    n4
};

enum Section : std::int64_t { ownerships = 1, mortgages, encumbrances, seizures, former_numbers };

std::vector<RightHolder> holders_from(const std::string& stored)
{
    return record_from_text<std::vector<RightHolder>>(stored);
}

template <class Right>
void take_common(Right& right, const SqlRow& row)
{
    right.id = row.text(id);
    right.status = status_of(row.integer(status));
    right.certificate_number = row.text(certificate_number);
    right.case_number = row.text(case_number);
    right.registrar = row.text(registrar);
    right.registered_at = row.integer(registered_at);
    right.ended_at = row.integer(ended_at);
    right.end_reason = row.text(end_reason);
}

RegisteredOwner owner_of(const SqlRow& row)
{
    RegisteredOwner owner;
    owner.id = row.text(id);
    owner.document_type = row.text(kind);
    owner.name = row.text(a);
    owner.number_masked = row.text(b);
    owner.number_sealed = row.text(c);
    owner.number_digest = row.text(d);
    owner.share = row.text(e);
    owner.certificate_number = row.text(certificate_number);
    owner.case_number = row.text(case_number);
    owner.registered_at = row.integer(registered_at);
    return owner;
}

RegisteredMortgage mortgage_of(const SqlRow& row)
{
    RegisteredMortgage mortgage;
    take_common(mortgage, row);
    mortgage.maximum = row.text(kind) == "maximum";
    mortgage.holders = holders_from(row.text(a));
    mortgage.mortgagee = joined_names(mortgage.holders);
    mortgage.mortgagor = row.text(b);
    mortgage.scope = row.text(c);
    mortgage.contract_number = row.text(d);
    mortgage.term_from = row.text(e);
    mortgage.term_to = row.text(f);
    mortgage.priority_at = row.integer(sort_at);
    mortgage.order = row.integer(n1);
    mortgage.secured_amount_fen = row.integer(n2);
    mortgage.transfer_ban = row.integer(n3) != 0;
    mortgage.construction = row.integer(n4) != 0;
    return mortgage;
}

RegisteredPreNotice notice_of(const SqlRow& row, PreNoticeKind notice_kind)
{
    RegisteredPreNotice notice;
    take_common(notice, row);
    notice.kind = notice_kind;
    notice.holders = holders_from(row.text(a));
    notice.obligor = row.text(b);
    notice.scope = row.text(c);
    notice.contract_number = row.text(d);
    notice.term_from = row.text(e);
    notice.term_to = row.text(f);
    notice.amount_fen = row.integer(n2);
    notice.presale = row.integer(n3) != 0;
    notice.maximum = row.integer(n4) != 0;
    return notice;
}

RegisteredObjection objection_of(const SqlRow& row)
{
    RegisteredObjection objection;
    take_common(objection, row);
    objection.applicants = holders_from(row.text(a));
    objection.matter = row.text(c);
    objection.until = row.text(f);
    return objection;
}

RegisteredUseRight use_right_of(const SqlRow& row)
{
    RegisteredUseRight right;
    take_common(right, row);
    right.holders = holders_from(row.text(a));
    right.range = row.text(c);
    right.contract_number = row.text(d);
    right.from = row.text(e);
    right.until = row.text(f);
    return right;
}

RegisteredSeizure seizure_of(const SqlRow& row)
{
    const SeizureKind* known = find_seizure_kind(row.text(kind));
    TONGBAN_ASSERT(known != nullptr);
    return {row.text(a), row.text(c), *known, row.integer(registered_at), row.text(d), row.text(b), row.integer(n1)};
}

void add_encumbrance(RegisterView& view, const SqlRow& row)
{
    const std::string& word = row.text(kind);
    if (word == encumbrance_kind::sale_notice) {
        view.pre_notices.push_back(notice_of(row, PreNoticeKind::sale));
    } else if (word == encumbrance_kind::mortgage_notice) {
        view.pre_notices.push_back(notice_of(row, PreNoticeKind::mortgage));
    } else if (word == encumbrance_kind::objection) {
        view.objections.push_back(objection_of(row));
    } else if (word == encumbrance_kind::residence_right) {
        view.residence_rights.push_back(use_right_of(row));
    } else {
        TONGBAN_ASSERT(word == encumbrance_kind::easement);
        view.easements.push_back(use_right_of(row));
    }
}

template <class Right>
EncumbranceRow common_row(const Right& right, std::string_view word, const std::vector<RightHolder>& holders)
{
    EncumbranceRow row;
    row.kind = word;
    row.holders = holders;
    row.certificate_number = right.certificate_number;
    row.case_number = right.case_number;
    row.registrar = right.registrar;
    row.registered_at = right.registered_at;
    return row;
}

}  // namespace

EncumbranceRow row_of(const RegisteredPreNotice& notice)
{
    EncumbranceRow row = common_row(
        notice, notice.kind == PreNoticeKind::sale ? encumbrance_kind::sale_notice : encumbrance_kind::mortgage_notice,
        notice.holders);
    row.obligor = notice.obligor;
    row.matter = notice.scope;
    row.contract_number = notice.contract_number;
    row.from = notice.term_from;
    row.until = notice.term_to;
    row.amount_fen = notice.amount_fen;
    row.presale = notice.presale;
    row.maximum = notice.maximum;
    return row;
}

EncumbranceRow row_of(const RegisteredObjection& objection)
{
    EncumbranceRow row = common_row(objection, encumbrance_kind::objection, objection.applicants);
    row.matter = objection.matter;
    row.until = objection.until;
    return row;
}

EncumbranceRow row_of(const RegisteredUseRight& right, std::string_view word)
{
    EncumbranceRow row = common_row(right, word, right.holders);
    row.matter = right.range;
    row.contract_number = right.contract_number;
    row.from = right.from;
    row.until = right.until;
    return row;
}

std::string holders_text(const std::vector<RightHolder>& holders)
{
    return record_text(holders);
}

RightStatus status_of(std::int64_t stored)
{
    switch (stored) {
    case 0: return RightStatus::provisional;
    case 1: return RightStatus::current;
    case 2: return RightStatus::history;
    case 3: return RightStatus::terminated;
    }
    throw BrokenInvariant("a right has an unknown status");
}

void add_to_view(RegisterView& view, const SqlRow& row)
{
    switch (row.integer(section)) {
    case ownerships: view.owners.push_back(owner_of(row)); return;
    case mortgages: view.mortgages.push_back(mortgage_of(row)); return;
    case encumbrances: add_encumbrance(view, row); return;
    case seizures: view.seizures.push_back(seizure_of(row)); return;
    case former_numbers:
        for (RegisteredOwner& owner : view.owners) {
            if (owner.number_digest == row.text(b)) owner.former_digests.push_back(row.text(a));
        }
        return;
    }
    throw BrokenInvariant("a row of the register belongs to no section");
}

const RegisteredPreNotice* find_mortgage_notice(const RegisterView& view, std::string_view id)
{
    const auto found = std::ranges::find_if(view.pre_notices, [&](const RegisteredPreNotice& notice) {
        return notice.id == id && notice.kind == PreNoticeKind::mortgage && notice.status == RightStatus::current;
    });
    return found == view.pre_notices.end() ? nullptr : &*found;
}

Event unit_event(std::string_view type, const json::object& body)
{
    return {std::string(type), json::serialize(body)};
}

}  // namespace tongban
