#pragma once
// Certificates in the database. Every function runs inside a transaction of the caller; the writing ones in the lane of
// the registry that issues.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "modules/certificates/core/certificate.h"

namespace tongban {

struct NewCertificate {
    std::string place;           // 历下区
    std::string province_short;  // 鲁
    std::string issuer_name;
    std::string case_number;
    std::string proved_right;
    std::string holder;
    std::string obligor;
    std::string location;
    std::string unit_number;
    std::string other;
    std::string notes;
    Millis registered_at = 0;
    CertificateKind kind = CertificateKind::proof;
    std::int64_t reserved_serial = 0;  // a number that was reserved (certificate_numbers.h); 0: the next one
    // Of a title certificate; proved_right is then its 权利类型.
    std::string co_ownership = {};
    std::string right_nature = {};
    std::string use_name = {};
    std::string area = {};
    std::string term = {};
};

// Thread-safe.
class CertificateStore final : public Certificates {
public:
    explicit CertificateStore(IdSource& ids) : ids_(ids) {}

    // Takes the next number of the registry's year (Chinese time) and kind, makes identifier and code; state preparing.
    // A case may have several: one for each co-owner. A reserved serial that is not free is a broken invariant.
    Certificate prepare(Sql& sql, Agency agency, const NewCertificate& fresh);

    std::optional<Certificate> find_for_case(Sql& sql, Agency agency, std::string_view case_number) override;
    std::vector<Certificate> all_for_case(Sql& sql, Agency agency, std::string_view case_number);
    // Has every certificate of the case its file?
    bool all_issued(Sql& sql, Agency agency, std::string_view case_number);
    std::optional<Certificate> find_by_number(Sql& sql, Agency agency, std::string_view number);
    std::optional<Certificate> find_by_identifier(Sql& sql, Agency agency, std::string_view identifier);
    std::optional<Certificate> find_by_file(Sql& sql, Agency agency, std::string_view digest);

    // Files. The PDF that a person gets is the latest one; all of them stay verifiable.
    struct File {
        std::string format;     // pdf, ofd
        std::string digest;     // SM3 of its bytes
        Millis stamped_at = 0;  // 0: its signature has no time stamp
        Millis stamp_due = 0;   // when to try for one; 0: never
    };
    void add_file(Sql& sql, Agency agency, std::string_view number, const File& file, Millis now);
    std::optional<std::string> latest_file(Sql& sql, Agency agency, std::string_view number,
                                           std::string_view format) override;
    struct Unstamped {
        Agency agency = 0;
        std::string number;
        std::string digest;
    };
    // PDFs whose stamp is due, over all registries: a reporting query.
    std::vector<Unstamped> unstamped(Sql& sql, Millis now, int rows_max);
    // False when another worker has it; it is tried again after `next_try`.
    bool take_unstamped(Sql& sql, Agency agency, std::string_view digest, Millis now, Millis next_try);
    // The same file with a stamp takes its place; false when that has happened already.
    bool replace_stamped(Sql& sql, const Unstamped& before, std::string_view digest, Millis now);

    // Certificates without a file that nobody works on, over all registries: a reporting query.
    std::vector<std::pair<Agency, std::string>> waiting(Sql& sql, Millis now, int rows_max);
    // Nothing when another worker has it or it is made already.
    std::optional<Certificate> lease(Sql& sql, Agency agency, std::string_view number, Millis now, Millis until);
    // False when another worker was faster.
    bool issue(Sql& sql, Agency agency, std::string_view number, std::string_view digest, Millis now);
    void note_fault(Sql& sql, Agency agency, std::string_view number, std::string_view fault, Millis next_try);
    // How a certificate loses its standing, once; false when it has lost it before or does not exist. Its file is still
    // made when it is on its way, so that the case that it belongs to ends as it should.
    bool supersede(Sql& sql, Agency agency, std::string_view number, std::string_view successor,
                   std::string_view reason, Millis now);
    bool make_void(Sql& sql, Agency agency, std::string_view number, std::string_view reason, Millis now);

private:
    IdSource& ids_;
};

// 12 characters without those that people mix up (0 O 1 I L), from entropy.
std::string verification_code(IdSource& ids);
// As typed by a person: blanks and hyphens removed, upper case.
std::string normal_code(std::string_view typed);

}  // namespace tongban
