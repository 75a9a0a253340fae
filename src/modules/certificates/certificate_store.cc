#include "modules/certificates/certificate_store.h"

#include <fmt/format.h>

#include "base/codes.h"
#include "base/documents.h"
#include "sql/certificate_sql.h"

namespace tongban {

namespace {

constexpr std::string_view code_alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";  // 31 characters
constexpr std::size_t code_length = 12;

std::string text(std::string_view view)
{
    return std::string(view);
}

Certificate certificate_of(const SqlRow& row)
{
    const CertificateState* state = find_certificate_state(row.text(4));
    const CertificateKind* kind = find_certificate_kind(row.text(16));
    const CertificateStanding* standing = find_certificate_standing(row.text(17));
    TONGBAN_ASSERT(state != nullptr && kind != nullptr && standing != nullptr);
    Certificate certificate;
    certificate.number = row.text(0);
    certificate.identifier = row.text(1);
    certificate.code = row.text(2);
    certificate.case_number = row.text(3);
    certificate.state = *state;
    certificate.issuer_name = row.text(5);
    certificate.proved_right = row.text(6);
    certificate.holder = row.text(7);
    certificate.obligor = row.text(8);
    certificate.location = row.text(9);
    certificate.unit_number = row.text(10);
    certificate.other = row.text(11);
    certificate.notes = row.text(12);
    certificate.registered_at = row.integer(13);
    certificate.issued_at = row.is_null(14) ? 0 : row.integer(14);
    certificate.digest = row.text(15);
    certificate.kind = *kind;
    certificate.standing = *standing;
    certificate.standing_reason = row.text(18);
    certificate.standing_at = row.integer(19);
    certificate.successor = row.text(20);
    certificate.co_ownership = row.text(21);
    certificate.right_nature = row.text(22);
    certificate.use_name = row.text(23);
    certificate.area = row.text(24);
    certificate.term = row.text(25);
    return certificate;
}

std::optional<Certificate> certificate_if(const std::optional<SqlRow>& row)
{
    if (!row) return std::nullopt;
    return certificate_of(*row);
}

int hex_value(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

}  // namespace

std::string verification_code(IdSource& ids)
{
    std::string code;
    while (code.size() < code_length) {
        const std::string hex = ids.secret(32);
        for (std::size_t i = 0; i + 1 < hex.size() && code.size() < code_length; i += 2) {
            const auto value = static_cast<std::size_t>((hex_value(hex[i]) * 16 + hex_value(hex[i + 1])) & 31);
            // 31 has no character: throwing it away keeps all others equally likely.
            if (value < code_alphabet.size()) code += code_alphabet[value];
        }
    }
    return code;
}

std::string normal_code(std::string_view typed)
{
    std::string code;
    for (const char c : half_width(typed)) {
        if (c == ' ' || c == '-') continue;
        code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return code;
}

Certificate CertificateStore::prepare(Sql& sql, Agency agency, const NewCertificate& fresh)
{
    const int year = china_year(fresh.registered_at);
    const std::string kind(to_text(fresh.kind));
    const bool title = fresh.kind == CertificateKind::title;
    const std::optional<SqlRow> counted =
        fresh.reserved_serial == 0
            ? sql.find(sql::certificate_next_serial, {agency, year, kind})
            : sql.find(sql::certificate_number_take, {agency, kind, year, fresh.reserved_serial, fresh.registered_at});
    TONGBAN_ASSERT(counted.has_value());
    const std::int64_t serial = counted->integer(0);
    Certificate certificate;
    certificate.kind = fresh.kind;
    certificate.number =
        make_certificate_number(fresh.province_short, year, fresh.place, title ? "不动产权" : "不动产证明", serial);
    certificate.identifier = certificate_identifier(title ? title_certificate_type : registration_proof_type,
                                                    std::to_string(agency), fmt::format("{}{:07}", year, serial), 1);
    certificate.code = verification_code(ids_);
    certificate.case_number = fresh.case_number;
    certificate.issuer_name = fresh.issuer_name;
    certificate.proved_right = fresh.proved_right;
    certificate.holder = fresh.holder;
    certificate.obligor = fresh.obligor;
    certificate.location = fresh.location;
    certificate.unit_number = fresh.unit_number;
    certificate.other = fresh.other;
    certificate.notes = fresh.notes;
    certificate.registered_at = fresh.registered_at;
    certificate.co_ownership = fresh.co_ownership;
    certificate.right_nature = fresh.right_nature;
    certificate.use_name = fresh.use_name;
    certificate.area = fresh.area;
    certificate.term = fresh.term;
    sql.execute(sql::certificate_add, {agency,
                                       certificate.number,
                                       certificate.identifier,
                                       certificate.code,
                                       kind,
                                       year,
                                       serial,
                                       certificate.case_number,
                                       certificate.issuer_name,
                                       certificate.proved_right,
                                       certificate.holder,
                                       certificate.obligor,
                                       certificate.co_ownership,
                                       certificate.location,
                                       certificate.unit_number,
                                       certificate.right_nature,
                                       certificate.use_name,
                                       certificate.area,
                                       certificate.term,
                                       certificate.other,
                                       certificate.notes,
                                       certificate.registered_at});
    return certificate;
}

std::optional<Certificate> CertificateStore::find_for_case(Sql& sql, Agency agency, std::string_view case_number)
{
    std::vector<Certificate> all = all_for_case(sql, agency, case_number);
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

std::vector<Certificate> CertificateStore::all_for_case(Sql& sql, Agency agency, std::string_view case_number)
{
    std::vector<Certificate> all;
    const SqlRows rows = sql.query(sql::certificate_of_case, {agency, text(case_number)});
    for (const SqlRow& row : rows) all.push_back(certificate_of(row));
    return all;
}

bool CertificateStore::all_issued(Sql& sql, Agency agency, std::string_view case_number)
{
    return sql.query(sql::certificates_unfinished_of_case, {agency, text(case_number)}).at(0).integer(0) == 0;
}

std::optional<Certificate> CertificateStore::find_by_number(Sql& sql, Agency agency, std::string_view number)
{
    return certificate_if(sql.find(sql::certificate_by_number, {agency, text(number)}));
}

std::optional<Certificate> CertificateStore::find_by_identifier(Sql& sql, Agency agency, std::string_view identifier)
{
    return certificate_if(sql.find(sql::certificate_by_identifier, {agency, text(identifier)}));
}

std::optional<Certificate> CertificateStore::find_by_file(Sql& sql, Agency agency, std::string_view digest)
{
    return certificate_if(sql.find(sql::certificate_by_file, {agency, text(digest)}));
}

void CertificateStore::add_file(Sql& sql, Agency agency, std::string_view number, const File& file, Millis now)
{
    sql.execute(sql::certificate_file_add,
                {agency, text(number), file.format, file.digest, now, file.stamped_at, file.stamp_due});
}

std::optional<std::string> CertificateStore::latest_file(Sql& sql, Agency agency, std::string_view number,
                                                         std::string_view format)
{
    const auto row = sql.find(sql::certificate_file_latest, {agency, text(number), text(format)});
    if (!row) return std::nullopt;
    return std::string(row->text(0));
}

std::vector<CertificateStore::Unstamped> CertificateStore::unstamped(Sql& sql, Millis now, int rows_max)
{
    std::vector<Unstamped> all;
    for (const SqlRow& row : sql.query(sql::report_certificate_files_to_stamp, {now, rows_max}))
        all.push_back({static_cast<Agency>(row.integer(0)), std::string(row.text(1)), std::string(row.text(2))});
    return all;
}

bool CertificateStore::take_unstamped(Sql& sql, Agency agency, std::string_view digest, Millis now, Millis next_try)
{
    return sql.find(sql::certificate_file_stamp_try, {agency, text(digest), now, next_try}).has_value();
}

bool CertificateStore::replace_stamped(Sql& sql, const Unstamped& before, std::string_view digest, Millis now)
{
    if (!sql.find(sql::certificate_file_stamped, {before.agency, before.digest})) return false;
    add_file(sql, before.agency, before.number, {"pdf", text(digest), now, 0}, now);
    sql.execute(sql::certificate_show_file, {before.agency, before.number, text(digest)});
    return true;
}

std::vector<std::pair<Agency, std::string>> CertificateStore::waiting(Sql& sql, Millis now, int rows_max)
{
    std::vector<std::pair<Agency, std::string>> all;
    for (const SqlRow& row : sql.query(sql::report_certificates_preparing, {now, rows_max})) {
        all.emplace_back(static_cast<Agency>(row.integer(0)), row.text(1));
    }
    return all;
}

std::optional<Certificate> CertificateStore::lease(Sql& sql, Agency agency, std::string_view number, Millis now,
                                                   Millis until)
{
    return certificate_if(sql.find(sql::certificate_lease, {agency, text(number), now, until}));
}

bool CertificateStore::issue(Sql& sql, Agency agency, std::string_view number, std::string_view digest, Millis now)
{
    return sql.find(sql::certificate_issue, {agency, text(number), text(digest), now}).has_value();
}

void CertificateStore::note_fault(Sql& sql, Agency agency, std::string_view number, std::string_view fault,
                                  Millis next_try)
{
    sql.execute(sql::certificate_note_fault, {agency, text(number), text(fault), next_try});
}

bool CertificateStore::supersede(Sql& sql, Agency agency, std::string_view number, std::string_view successor,
                                 std::string_view reason, Millis now)
{
    return sql
        .find(sql::certificate_end, {agency, text(number), text(to_text(CertificateStanding::superseded)), text(reason),
                                     text(successor), now})
        .has_value();
}

bool CertificateStore::make_void(Sql& sql, Agency agency, std::string_view number, std::string_view reason, Millis now)
{
    return sql
        .find(sql::certificate_end,
              {agency, text(number), text(to_text(CertificateStanding::void_)), text(reason), text(""), now})
        .has_value();
}

}  // namespace tongban
