// What others hold on a unit: pre-notices, objections, residence rights, easements.

#include "modules/register_book/register_book.h"
#include "modules/register_book/register_problems.h"
#include "modules/register_book/register_rows.h"
#include "sql/register_book_sql.h"

namespace tongban {

namespace {

constexpr Millis objection_time = 15LL * 24 * 60 * 60 * 1000;  // 民法典 220
constexpr std::int64_t terminated = 3;

EncumbranceRow entered_by(const EntryBy& by, const std::string& certificate_number)
{
    EncumbranceRow row;
    row.certificate_number = certificate_number;
    row.case_number = by.case_number;
    row.registrar = by.registrar;
    row.registered_at = by.at;
    return row;
}

}  // namespace

std::string RegisterBook::insert(Sql& sql, Agency agency, std::string_view unit_number, const EncumbranceRow& row)
{
    std::string id = ids_.next();
    sql.execute(sql::register_encumbrance_add,
                {agency, id, std::string(unit_number), row.kind, holders_text(row.holders), row.obligor, row.matter,
                 row.contract_number, row.from, row.until, row.amount_fen, row.presale ? 1 : 0, row.maximum ? 1 : 0,
                 row.certificate_number, row.case_number, row.registrar, row.registered_at});
    return id;
}

Result<Entered> RegisterBook::add_encumbrance(Sql& sql, Agency agency, std::string_view unit_number,
                                              const EncumbranceRow& row, std::int64_t reviewed_version,
                                              std::string_view actor)
{
    TRY(judged(sql, agency, unit_number, reviewed_version));
    if (row.holders.empty()) return Error{register_problem::holder_missing};
    const std::string id = insert(sql, agency, unit_number, row);
    record(sql, agency, unit_number,
           unit_event("register.encumbrance_entered",
                      {
                          {"id",                 id                    },
                          {"kind",               row.kind              },
                          {"case_number",        row.case_number       },
                          {"certificate_number", row.certificate_number}
    }),
           actor, row.registered_at);
    return Entered{{id}, {}, 0};
}

Result<Entered> RegisterBook::add_pre_notice(Sql& sql, Agency agency, const NewPreNotice& notice,
                                             std::int64_t reviewed_version, std::string_view actor)
{
    // It is to become a mortgage with this amount.
    if (notice.kind == PreNoticeKind::mortgage && notice.amount_fen <= 0)
        return Error{register_problem::amount_invalid};
    EncumbranceRow row = entered_by(notice.by, notice.certificate_number);
    row.kind = notice.kind == PreNoticeKind::sale ? encumbrance_kind::sale_notice : encumbrance_kind::mortgage_notice;
    row.holders = notice.holders;
    row.obligor = notice.obligor;
    row.matter = notice.scope;
    row.contract_number = notice.contract_number;
    row.from = notice.term_from;
    row.until = notice.term_to;
    row.amount_fen = notice.amount_fen;
    row.presale = notice.presale;
    row.maximum = notice.maximum;
    return add_encumbrance(sql, agency, notice.unit_number, row, reviewed_version, actor);
}

Result<Entered> RegisterBook::add_objection(Sql& sql, Agency agency, const NewObjection& objection,
                                            std::int64_t reviewed_version, std::string_view actor)
{
    EncumbranceRow row = entered_by(objection.by, objection.certificate_number);
    row.kind = encumbrance_kind::objection;
    row.holders = objection.applicants;
    row.matter = objection.matter;
    row.until = china_date(objection.by.at + objection_time);
    return add_encumbrance(sql, agency, objection.unit_number, row, reviewed_version, actor);
}

Result<Entered> RegisterBook::add_use_right(Sql& sql, Agency agency, const NewUseRight& right,
                                            std::int64_t reviewed_version, std::string_view actor)
{
    EncumbranceRow row = entered_by(right.by, right.certificate_number);
    row.kind =
        right.kind == UseRightKind::residence_right ? encumbrance_kind::residence_right : encumbrance_kind::easement;
    row.holders = right.holders;
    row.matter = right.range;
    row.contract_number = right.contract_number;
    row.from = right.from;
    row.until = right.until;
    return add_encumbrance(sql, agency, right.unit_number, row, reviewed_version, actor);
}

Result<void> RegisterBook::end_encumbrance(Sql& sql, Agency agency, std::string_view id, std::string_view reason,
                                           std::string_view actor, Millis now)
{
    const std::optional<SqlRow> ended =
        sql.find(sql::register_encumbrance_end, {agency, std::string(id), now, std::string(reason), terminated});
    if (!ended) return Error{register_problem::encumbrance_unknown};
    record(sql, agency, ended->text(0),
           unit_event("register.encumbrance_ended",
                      {
                          {"id",     id            },
                          {"kind",   ended->text(1)},
                          {"reason", reason        }
    }),
           actor, now);
    return {};
}

}  // namespace tongban
