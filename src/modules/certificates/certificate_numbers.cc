#include "modules/certificates/certificate_numbers.h"

#include "sql/certificate_sql.h"

namespace tongban {

namespace {

constexpr int reserve_max = 1000;

}  // namespace

std::vector<std::int64_t> CertificateNumbers::reserve(Sql& sql, Agency agency, CertificateKind kind, int count,
                                                      std::string_view reason, std::string_view account, Millis now)
{
    TONGBAN_ASSERT(count > 0 && count <= reserve_max);
    std::vector<std::int64_t> serials;
    for (int i = 0; i < count; ++i)
        serials.push_back(take_next(sql, agency, kind, SetAsideState::reserved, reason, account, now));
    return serials;
}

std::int64_t CertificateNumbers::spoil_next(Sql& sql, Agency agency, CertificateKind kind, std::string_view reason,
                                            std::string_view account, Millis now)
{
    return take_next(sql, agency, kind, SetAsideState::void_, reason, account, now);
}

std::int64_t CertificateNumbers::take_next(Sql& sql, Agency agency, CertificateKind kind, SetAsideState state,
                                           std::string_view reason, std::string_view account, Millis now)
{
    const int year = china_year(now);
    const std::string kind_text(to_text(kind));
    const SqlRows counted = sql.query(sql::certificate_next_serial, {agency, year, kind_text});
    const std::int64_t serial = counted.at(0).integer(0);
    sql.execute(sql::certificate_number_set_aside, {agency, kind_text, year, serial, std::string(to_text(state)),
                                                    std::string(reason), std::string(account), now});
    return serial;
}

std::vector<SetAsideNumber> CertificateNumbers::set_aside(Sql& sql, Agency agency, CertificateKind kind, int year)
{
    std::vector<SetAsideNumber> all;
    const SqlRows rows = sql.query(sql::certificate_numbers_set_aside_of, {agency, std::string(to_text(kind)), year});
    for (const SqlRow& row : rows) {
        const SetAsideState* state = find_set_aside_state(row.text(1));
        TONGBAN_ASSERT(state != nullptr);
        all.push_back({row.integer(0), *state, row.text(2), row.text(3), row.integer(4)});
    }
    return all;
}

std::vector<NumberGap> CertificateNumbers::gaps(Sql& sql, Agency agency, CertificateKind kind, int year)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> holes;
    for (const SqlRow& row : sql.query(sql::certificate_holes, {agency, std::string(to_text(kind)), year}))
        holes.emplace_back(row.integer(0), row.integer(1));
    return explain_gaps(holes, set_aside(sql, agency, kind, year));
}

}  // namespace tongban
