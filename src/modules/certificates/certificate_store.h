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
};

// Thread-safe.
class CertificateStore final : public Certificates {
public:
    explicit CertificateStore(IdSource& ids) : ids_(ids) {}

    // Takes the next number of the registry's year (Chinese time), makes identifier and code; state preparing.
    Certificate prepare(Sql& sql, Agency agency, const NewCertificate& fresh);

    std::optional<Certificate> find_for_case(Sql& sql, Agency agency, std::string_view case_number) override;
    std::optional<Certificate> find_by_number(Sql& sql, Agency agency, std::string_view number);
    std::optional<Certificate> find_by_identifier(Sql& sql, Agency agency, std::string_view identifier);
    std::optional<Certificate> find_by_file(Sql& sql, Agency agency, std::string_view digest);

    // Certificates without a file that nobody works on, over all registries: a reporting query.
    std::vector<std::pair<Agency, std::string>> waiting(Sql& sql, Millis now, int rows_max);
    // Nothing when another worker has it or it is made already.
    std::optional<Certificate> lease(Sql& sql, Agency agency, std::string_view number, Millis now, Millis until);
    // False when another worker was faster.
    bool issue(Sql& sql, Agency agency, std::string_view number, std::string_view digest, Millis now);
    void note_fault(Sql& sql, Agency agency, std::string_view number, std::string_view fault, Millis next_try);
    // 注销: the right has ended. False when it is not issued.
    bool make_void(Sql& sql, Agency agency, std::string_view number);

private:
    IdSource& ids_;
};

// 12 characters without those that people mix up (0 O 1 I L), from entropy.
std::string verification_code(IdSource& ids);
// As typed by a person: blanks and hyphens removed, upper case.
std::string normal_code(std::string_view typed);

}  // namespace tongban
