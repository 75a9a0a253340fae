#pragma once
// Identifiers and their check digits. Every check_… takes what a person typed (blanks, full-width digits and lower case
// are forgiven), and gives either the normal form that is stored and compared, or why it is wrong.
// Pure; vectors of the standards in codes_test.cc.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/sql.h"
#include "base/text.h"

namespace tongban {

struct CheckedCode {
    std::string value;           // the normal form; empty when there is a fault
    std::optional<Fault> fault;  // codes: length, characters, check_digit, date, structure
    explicit operator bool() const { return !fault.has_value(); }
};

// 公民身份号码 (GB 11643), 18 characters; numbers of 15 digits are converted, x becomes X. Address codes that no longer
// exist are fine. Residence permits of Hong Kong, Macao and Taiwan residents (810000, 820000, 830000) have the same
// form.
CheckedCode check_citizen_number(std::string_view typed);
// Of a number in normal form.
std::string citizen_birth_date(std::string_view number);  // 1990-03-07
bool citizen_is_male(std::string_view number);

// 统一社会信用代码 (GB 32100), 18 characters, mod 31 over an alphabet without I O S V Z.
CheckedCode check_credit_code(std::string_view typed);
// The ninth character of a 组织机构代码 (GB 11714) for its first eight; '\0' when they are not digits and A–Z.
char organisation_check_character(std::string_view first_eight);

// 不动产单元号 (GB/T 37346), 28 characters without blanks. There is no check digit, but a structure. Whether the county
// part is one that ever existed is the catalogue's question.
CheckedCode check_unit_number(std::string_view typed);
// Of a number in normal form.
Agency unit_division(std::string_view unit);        // characters 1–6: may be an abolished county
std::string unit_parcel(std::string_view unit);     // 宗地代码: the first 19 characters
std::string unit_in_blocks(std::string_view unit);  // as printed: 310104 019001 GB00045 F00430086

// ISO 7064 MOD 37,36 over 0–9 A–Z. '\0' when another character occurs or the body is empty.
char mod_37_36_check(std::string_view body);

// 电子证照标识 (GB/T 36904): 1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>, made by
// certificate_identifier() in base/documents.h. Issuer: credit code (18) or division code (6).
inline constexpr std::string_view title_certificate_type = "11100000MB03271699001";   // 不动产权证书
inline constexpr std::string_view registration_proof_type = "11100000MB03271699022";  // 不动产登记证明
CheckedCode check_certificate_identifier(std::string_view typed);  // with or without the root 1.2.156.3005.2.

// Public numbers. `date` is 2026-11-23; serials start at 1. A serial that does not fit is a broken invariant.
std::string make_collection_number(Agency collecting, std::string_view date,
                                   std::int64_t serial);                                // DS…, 22 characters
std::string make_case_number(Agency home, std::string_view date, std::int64_t serial);  // TB…, 22 characters
CheckedCode check_collection_number(std::string_view typed);
CheckedCode check_case_number(std::string_view typed);
// The registry in a collection or case number of normal form.
Agency agency_of_number(std::string_view number);

// 鲁(2026)历下区不动产证明第0000001号. Brackets half-width, digits half-width, no blanks.
std::string make_certificate_number(std::string_view province_short, int year, std::string_view place,
                                    std::string_view kind, std::int64_t serial);
CheckedCode check_certificate_number(std::string_view typed);

// Mobile number of the mainland, 11 digits; +86, blanks and hyphens are forgiven.
CheckedCode check_mobile(std::string_view typed);

// A day that exists, 2026-02-28; years 1800 … 2200.
bool is_date(std::string_view text);

// Masking of personal data for lists, documents and logs. Names stay readable (they are printed on the certificate);
// of a citizen's number the birth date and of a phone the middle is hidden; other documents keep two and two.
std::string masked_number(std::string_view number);  // 370102********1237, E1*****78
std::string masked_phone(std::string_view phone);    // 138****5678

}  // namespace tongban
