// 查封: the order in which courts' documents count.

#include <algorithm>

#include "modules/register_book/register_book.h"
#include "modules/register_book/register_problems.h"
#include "modules/register_book/register_rows.h"
#include "sql/register_book_sql.h"

namespace tongban {

namespace {

// Of the unit itself: those of its parcel have an order of their own.
std::vector<RegisteredSeizure> own_seizures(const RegisterView& view)
{
    std::vector<RegisteredSeizure> own;
    std::ranges::copy_if(view.seizures, std::back_inserter(own),
                         [&](const RegisteredSeizure& s) { return s.unit_number == view.unit_number; });
    return own;
}

const RegisteredSeizure* find_document(const std::vector<RegisteredSeizure>& seizures, std::string_view document_number)
{
    const auto found = std::ranges::find(seizures, document_number, &RegisteredSeizure::document_number);
    return found == seizures.end() ? nullptr : &*found;
}

}  // namespace

Result<SeizureKind> RegisterBook::add_seizure(Sql& sql, Agency agency, const NewSeizure& seizure,
                                              std::string_view actor, Millis now)
{
    const RegisterView view = lock_unit(sql, agency, seizure.unit_number);
    if (!view.found) return Error{register_problem::unit_unknown};
    const std::vector<RegisteredSeizure> before = own_seizures(view);
    if (const RegisteredSeizure* present = find_document(before, seizure.document_number)) return present->kind;
    std::int64_t sequence = 0;
    for (const RegisteredSeizure& present : before) sequence = std::max(sequence, present.sequence);
    const SeizureKind alone = seizure.before_title ? SeizureKind::pre_seizure : SeizureKind::seizure;
    const std::optional<SqlRow> added =
        sql.find(sql::register_seizure_add,
                 {agency, ids_.next(), seizure.unit_number, std::string(to_text(alone)), seizure.organ,
                  seizure.document_number, seizure.delivered_at, sequence + 1, seizure.until});
    // Not added: the same document was lifted before. A court that seizes again writes a new document.
    if (!added) return Error{register_problem::seizure_unknown, "这份查封文书已经解除，再次查封需要新的文书号"};
    settle_seizures(sql, agency, seizure.unit_number);
    const std::vector<RegisteredSeizure> after = own_seizures(find_unit(sql, agency, seizure.unit_number));
    const RegisteredSeizure* entered = find_document(after, seizure.document_number);
    TONGBAN_ASSERT(entered != nullptr);
    record_on_parcel(sql, agency, seizure.unit_number,
                     unit_event("register.seized",
                                {
                                    {"unit_number",     seizure.unit_number           },
                                    {"document_number", seizure.document_number       },
                                    {"kind",            to_text(entered->kind)        },
                                    {"delivered_at",    utc_text(seizure.delivered_at)}
    }),
                     actor, now);
    return entered->kind;
}

Result<void> RegisterBook::lift_seizure(Sql& sql, Agency agency, std::string_view unit_number,
                                        std::string_view document_number, std::string_view lifting_document,
                                        std::string_view actor, Millis now)
{
    // Two liftings at once would each still see the other's seizure in force, and none would let the waiting one in.
    const std::string unit(unit_number);
    if (!sql.find(sql::register_unit_lock, {agency, unit})) return Error{register_problem::seizure_unknown};
    const std::optional<SqlRow> lifted = sql.find(
        sql::register_seizure_lift, {agency, unit, std::string(document_number), now, std::string(lifting_document)});
    if (!lifted) return Error{register_problem::seizure_unknown};
    settle_seizures(sql, agency, unit_number);
    record_on_parcel(
        sql, agency, unit_number,
        unit_event("register.seizure_lifted",
                   {
                       {"unit_number",     unit_number     },
                       {"document_number", document_number },
                       {"by",              lifting_document}
    }),
        actor, now);
    return {};
}

void RegisterBook::settle_seizures(Sql& sql, Agency agency, std::string_view unit_number)
{
    const std::string unit(unit_number);
    const std::optional<SqlRow> first = sql.find(sql::register_seizure_first, {agency, unit});
    if (first) sql.execute(sql::register_seizure_take_effect, {agency, unit, first->text(0)});
}

}  // namespace tongban
