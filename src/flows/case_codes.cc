#include "flows/case_codes.h"

#include <fmt/format.h>

#include "sql/case_code_sql.h"

namespace tongban {

std::string CaseCodes::digest(Agency agency, const std::string& case_number, const std::string& code)
{
    return vault_.digest(agency, "party code\n" + case_number + "\n" + code);
}

std::string CaseCodes::renew(Sql& sql, Agency agency, const std::string& case_number, const std::string& party,
                             const std::string& until, Millis now)
{
    // 64 bits of chance modulo a hundred million: the bias does not matter.
    std::string code = fmt::format("{:08}", std::stoull(ids_.secret(8), nullptr, 16) % 100'000'000);
    sql.execute(sql::case_code_put,
                {agency, case_number, party, digest(agency, case_number, code), until, attempts_max, now});
    return code;
}

std::optional<Millis> CaseCodes::made_at(Sql& sql, Agency agency, const std::string& case_number,
                                         const std::string& party)
{
    const auto row = sql.find(sql::case_code_of, {agency, case_number, party});
    if (!row) return std::nullopt;
    return row->integer(0);
}

std::optional<std::string> CaseCodes::check(Sql& sql, Agency agency, const std::string& case_number,
                                            const std::string& code, const std::string& today)
{
    auto row = sql.find(sql::case_code_find, {agency, case_number, digest(agency, case_number, code), today});
    if (row) return row->take_text(0);
    sql.execute(sql::case_code_failed, {agency, case_number});
    return std::nullopt;
}

void CaseCodes::forget(Sql& sql, Agency agency, const std::string& case_number)
{
    sql.execute(sql::case_code_forget, {agency, case_number});
}

void CaseCodes::forget(Sql& sql, Agency agency, const std::string& case_number, const std::string& party)
{
    sql.execute(sql::case_code_forget_party, {agency, case_number, party});
}

std::string CaseCodes::ticket(Agency agency, const std::string& case_number, const std::string& party, Agency visitor)
{
    return vault_.digest(agency, "join ticket\n" + case_number + "\n" + party + "\n" + std::to_string(visitor));
}

}  // namespace tongban
