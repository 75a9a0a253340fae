#include "modules/certificates/certificate_stock.h"

#include <algorithm>

#include "modules/certificates/certificates_problems.h"
#include "sql/certificate_stock_sql.h"

namespace tongban {

namespace {

StockItem item_of(const SqlRow& row)
{
    const StockState* state = find_stock_state(row.text(1));
    TONGBAN_ASSERT(state != nullptr);
    return {row.text(0), *state, row.text(2), row.text(3), row.text(4), row.integer(5)};
}

std::vector<StockItem> items_of(const SqlRows& rows)
{
    std::vector<StockItem> all;
    for (const SqlRow& row : rows) all.push_back(item_of(row));
    return all;
}

bool is_in_use(const StockItem& item)
{
    return item.state == StockState::printed || item.state == StockState::used;
}

}  // namespace

int CertificateStock::receive(Sql& sql, Agency agency, const std::vector<std::string>& stock_numbers,
                              std::string_view account, Millis now)
{
    int added = 0;
    for (const std::string& number : stock_numbers) {
        if (sql.find(sql::certificate_stock_add, {agency, number, std::string(account), now})) ++added;
    }
    return added;
}

std::optional<StockItem> CertificateStock::find(Sql& sql, Agency agency, std::string_view stock_number)
{
    const std::optional<SqlRow> row = sql.find(sql::certificate_stock_find, {agency, std::string(stock_number)});
    if (!row) return std::nullopt;
    return item_of(*row);
}

std::vector<StockItem> CertificateStock::of_certificate(Sql& sql, Agency agency, std::string_view certificate_number)
{
    return items_of(sql.query(sql::certificate_stock_of_certificate, {agency, std::string(certificate_number)}));
}

std::vector<StockItem> CertificateStock::in_state(Sql& sql, Agency agency, StockState state, int rows_max)
{
    return items_of(sql.query(sql::certificate_stock_in_state, {agency, std::string(to_text(state)), rows_max}));
}

Result<void> CertificateStock::change(Sql& sql, Agency agency, std::string_view stock_number, StockState to,
                                      std::string_view reason, std::string_view account, Millis now)
{
    // Only print_on knows which certificate is on it.
    if (to == StockState::printed) return Error{certificates_problem::stock_state};
    const std::optional<StockItem> item = find(sql, agency, stock_number);
    if (!item) return Error{certificates_problem::stock_unknown};
    return step(sql, agency, stock_number, to, item->certificate_number, reason, account, now);
}

Result<void> CertificateStock::print_on(Sql& sql, Agency agency, std::string_view stock_number,
                                        std::string_view certificate_number, std::string_view account, Millis now)
{
    if (std::ranges::any_of(of_certificate(sql, agency, certificate_number), is_in_use))
        return Error{certificates_problem::stock_taken};
    return step(sql, agency, stock_number, StockState::printed, certificate_number, {}, account, now);
}

Result<void> CertificateStock::step(Sql& sql, Agency agency, std::string_view stock_number, StockState to,
                                    std::string_view certificate_number, std::string_view reason,
                                    std::string_view account, Millis now)
{
    const std::optional<StockItem> item = find(sql, agency, stock_number);
    if (!item) return Error{certificates_problem::stock_unknown};
    const Error wrong{certificates_problem::stock_state, "该印刷序列号的状态是“" + std::string(chinese(item->state)) +
                                                             "”，不能改为“" + std::string(chinese(to)) + "”"};
    if (!may_become(item->state, to)) return wrong;
    const std::optional<SqlRow> changed =
        sql.find(sql::certificate_stock_change,
                 {agency, std::string(stock_number), std::string(to_text(item->state)), std::string(to_text(to)),
                  std::string(certificate_number), std::string(account), std::string(reason), now});
    if (!changed) return wrong;
    return {};
}

}  // namespace tongban
