#include "base/codes.h"

#include <gtest/gtest.h>

#include "base/result.h"

namespace tongban {
namespace {

struct Row {
    std::string_view typed;
    std::string_view value;  // the normal form, or
    std::string_view fault;  // the code of the fault
};

template <class Check>
void check_rows(Check check, std::initializer_list<Row> rows)
{
    for (const Row& row : rows) {
        const CheckedCode checked = check(row.typed);
        EXPECT_EQ(checked.value, row.value) << row.typed;
        EXPECT_EQ(checked.fault ? checked.fault->code : "", row.fault) << row.typed;
    }
}

TEST(CitizenNumber, Vectors)
{
    check_rows(check_citizen_number, {
                                         {"11010519491231002X",                                     "11010519491231002X", ""           },
                                         {"370102190003071237",                                     "370102190003071237", ""           },
                                         {"37010219000101006X",                                     "37010219000101006X", ""           },
                                         {"370102200002290004",                                     "370102200002290004", ""           },
                                         {"370202190002290011",                                     "",                   "date"       },
                                         {"370102201506010007",                                     "370102201506010007", ""           },
                                         {"370614190006150056",                                     "370614190006150056", ""           },
                                         {"370102190003071238",                                     "",                   "check_digit"},
                                         {"37010219000101006x",                                     "37010219000101006X", ""           },
                                         {"810000190001010018",                                     "810000190001010018", ""           },
                                         {"830000190001010011",                                     "830000190001010011", ""           },
                                         {"130503670401001",                                        "130503196704010016", ""           },
                                         {"370102 19000307 1237",                                   "370102190003071237", ""           },
                                         {"３７０１０２１９０００３０７１２３７", "370102190003071237", ""           },
                                         {"",                                                       "",                   "length"     },
                                         {"3701021900030712370",                                    "",                   "length"     },
                                         {"X70102190003071237",                                     "",                   "characters" },
                                         {"37010219000307123A",                                     "",                   "characters" },
    });
    EXPECT_EQ(citizen_birth_date("370102190003071237"), "1900-03-07");
    EXPECT_TRUE(citizen_is_male("370102190003071237"));
    EXPECT_FALSE(citizen_is_male("37010219000101006X"));
}

TEST(CitizenNumber, EveryWrongDigitAndEverySwapIsFound)
{
    const std::string good = "370102190003071237";
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (char c = '0'; c <= '9'; ++c) {
            std::string typed = good;
            typed[i] = c;
            EXPECT_EQ(static_cast<bool>(check_citizen_number(typed)), c == good[i]) << typed;
        }
        if (i + 1 == good.size() || good[i] == good[i + 1]) continue;
        std::string typed = good;
        std::swap(typed[i], typed[i + 1]);
        EXPECT_FALSE(check_citizen_number(typed)) << typed;
    }
}

TEST(CreditCode, Vectors)
{
    check_rows(check_credit_code, {
                                      {"11100000MB03271699", "11100000MB03271699", ""           },
                                      {"11100000000013338W", "11100000000013338W", ""           },
                                      {"11370800MB28559184", "11370800MB28559184", ""           },
                                      {"11430000006122244L", "11430000006122244L", ""           },
                                      {"91350100M000100Y43", "91350100M000100Y43", ""           },
                                      {"91370100MA3C000465", "91370100MA3C000465", ""           },
                                      {"91370100MA3C000540", "91370100MA3C000540", ""           },
                                      {"91370100ma3c000540", "91370100MA3C000540", ""           },
                                      {"91370100MA3C000541", "",                   "check_digit"},
                                      {"91370100MA3C00054I", "",                   "characters" },
                                      {"91370100MA3C00054",  "",                   "length"     },
    });
    EXPECT_EQ(organisation_check_character("MB032716"), '9');
    EXPECT_EQ(organisation_check_character("MA3C0004"), '6');
    EXPECT_EQ(organisation_check_character("MA3C000"), '\0');
}

TEST(UnitNumber, Vectors)
{
    check_rows(check_unit_number, {
                                      {"310104019001GB00045F00430086",    "310104019001GB00045F00430086", ""          },
                                      {"310104 019001 GB00045 F00430086", "310104019001GB00045F00430086", ""          },
                                      {"152201009009GB00054F03031101",    "152201009009GB00054F03031101", ""          },
                                      {"320311001021GB00233F00010013",    "320311001021GB00233F00010013", ""          },
                                      {"370102001001gb00012f00010021",    "370102001001GB00012F00010021", ""          },
                                      {"370102001001GB00012W00000000",    "370102001001GB00012W00000000", ""          },
                                      {"370102001001GB00012W00000001",    "",                             "structure" },
                                      {"370102001001GB00012F0001002",     "",                             "length"    },
                                      {"370102001001GB00012F0001002A",    "",                             "structure" },
                                      {"370102001001XB00012F00010021",    "",                             "structure" },
                                      {"370102001001GB00000F00010021",    "",                             "structure" },
                                      {"370102001001GB00012F0001002-",    "",                             "characters"},
    });
    const std::string unit = "371202001001GB00012F00010021";
    EXPECT_EQ(unit_division(unit), 371202);
    EXPECT_EQ(unit_parcel(unit), "371202001001GB00012");
    EXPECT_EQ(unit_in_blocks(unit), "371202 001001 GB00012 F00010021");
}

TEST(CertificateIdentifier, Vectors)
{
    EXPECT_EQ(mod_37_36_check("A12425GABC1234002"), 'M');
    EXPECT_EQ(mod_37_36_check(""), '\0');
    EXPECT_EQ(mod_37_36_check("a"), '\0');
    check_rows(check_certificate_identifier,
               {
                   {"11100000000013338W011.11430000006122244L.20230000403.001.U",
                    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",    ""           },
                   {"1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",
                    "1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",        ""           },
                   {"1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
                    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",                  ""           },
                   {"1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
                    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",     ""           },
                   {"1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.8",              "", "check_digit"},
                   {"1.2.156.3005.2.11100000MB03271699022.340100.000000016.1.9",                "", "structure"  },
                   {"11100000MB03271699022.340100.000000016.001",                               "", "structure"  },
                   {"11100000MB03271699022.340100.000000016.001.9.9",                           "", "structure"  },
                   {"11100000MB03271699022.340100.0000-0016.001.9",                             "", "characters" },
    });
    EXPECT_EQ(mod_37_36_check("11100000MB0327169900137010220210001234001"), 'B');
    EXPECT_EQ(mod_37_36_check("11100000MB03271699022370100000000017001"), 'Y');
    EXPECT_EQ(mod_37_36_check("11100000MB0327169900111370100MB285591802021000001234001"), 'D');
}

TEST(PublicNumbers, AreMadeAndReadBack)
{
    const std::string collection = make_collection_number(370202, "2026-11-23", 7);
    EXPECT_EQ(collection.substr(0, 21), "DS3702022026112300007");
    EXPECT_EQ(check_collection_number(collection).value, collection);
    EXPECT_EQ(agency_of_number(collection), 370202);
    const std::string number = make_case_number(370102, "2026-11-23", 123456);
    EXPECT_EQ(number, "TB37010220261123123456");
    EXPECT_EQ(agency_of_number(number), 370102);
    std::string damaged = collection;
    damaged[20] = '8';
    check_rows(check_collection_number, {
                                            {damaged, "",          "check_digit"},
                                            {                   number,     "", "structure"             },
                                            { collection.substr(0,     21),        "",              "length"},
    });
    check_rows(check_case_number, {
                                      {" tb370102 20261123 123456", number, ""         },
                                      {"TB37010220261323123456",    "",     "date"     },
                                      {collection,                  "",     "structure"},
                                      {"TB3701022026112312345",     "",     "length"   },
    });
    EXPECT_THROW(make_case_number(370102, "2026-11-23", 1'000'000), BrokenInvariant);
    EXPECT_THROW(make_collection_number(370202, "2026-11-31", 1), BrokenInvariant);
}

TEST(CertificateNumber, IsComparedInOneForm)
{
    EXPECT_EQ(make_certificate_number("鲁", 2026, "历下区", "不动产证明", 1), "鲁(2026)历下区不动产证明第0000001号");
    check_rows(check_certificate_number,
               {
                   {"鲁(2021)历下区不动产权第0001234号",                  "鲁(2021)历下区不动产权第0001234号",    ""         },
                   {"鲁（２０２６）历下区不动产证明第 0000001 号", "鲁(2026)历下区不动产证明第0000001号", ""         },
                   {"沪（2018）徐字不动产权第015979号",                  "沪(2018)徐字不动产权第015979号",        ""         },
                   {"皖(2018)合肥市不动产权第0000012号",                  "皖(2018)合肥市不动产权第0000012号",    ""         },
                   {"鲁(2026)历下区不动产证明第号",                      "",                                               "structure"},
                   {"鲁(26)历下区不动产证明第0000001号",                 "",                                               "structure"},
                   {"鲁(2026)不动产证明第0000001号",                        "",                                               "structure"},
                   {"鲁(2026)历下区房产证第0000001号",                     "",                                               "structure"},
                   {"0000001",                                                      "",                                               "structure"},
                   {"",                                                             "",                                               "structure"},
    });
}

TEST(Mobile, Forms)
{
    check_rows(check_mobile, {
                                 {"13800138000",       "13800138000", ""          },
                                 {"+86 138-0013-8000", "13800138000", ""          },
                                 {"1380013800",        "",            "length"    },
                                 {"12800138000",       "",            "structure" },
                                 {"1380013800a",       "",            "characters"},
    });
}

TEST(Masking, HidesBirthDateAndMiddle)
{
    EXPECT_EQ(masked_number("370102190003071237"), "370102********1237");
    EXPECT_EQ(masked_number("E12345678"), "E1*****78");
    EXPECT_EQ(masked_number("12345"), "*****");
    EXPECT_EQ(masked_phone("13812345678"), "138****5678");
    EXPECT_EQ(masked_phone("123"), "***");
}

TEST(Dates, MustExist)
{
    EXPECT_TRUE(is_date("2024-02-29"));
    for (std::string_view text :
         {"2026-02-29", "2026-13-01", "2026-1-01", "20260101", "", "2026-01-0a", "1700-01-01"}) {
        EXPECT_FALSE(is_date(text)) << text;
    }
}

}  // namespace
}  // namespace tongban
