#include "modules/parties/core/party.h"

#include <gtest/gtest.h>

#include "base/record.h"

namespace tongban {
namespace {

// Reversible and visible, so that tests can see under whose key a value lies.
class PlainVault : public Vault {
public:
    std::string seal(Agency agency, std::string_view plain) override { return prefix(agency) + std::string(plain); }
    std::string open(Agency agency, std::string_view sealed) override
    {
        if (!sealed.starts_with(prefix(agency))) throw std::runtime_error("another agency's key");
        return std::string(sealed.substr(prefix(agency).size()));
    }
    std::string digest(Agency agency, std::string_view plain) override { return "#" + seal(agency, plain); }

private:
    static std::string prefix(Agency agency) { return std::to_string(agency) + ":"; }
};

constexpr Agency shinan = 370202;
constexpr Agency lixia = 370102;

std::string faults_of(std::string_view text)
{
    const json::value value = std::move(parse_json(text)).value();
    JsonReader in(value);
    (void)read_party_input(in);
    const auto done = in.finish();
    std::string lines;
    if (!done) {
        for (const FieldError& field : done.error().fields) lines += field.pointer + " " + field.code + "\n";
    }
    return lines;
}

TEST(PartyInput, NamesEveryFault)
{
    EXPECT_EQ(faults_of(R"({"role":"mortgagor","kind":"person","name":"王小明","document_type":"citizen_card",
        "number":"37010219000101006x","phone":"138 0013 8000","from_reader":true})"),
              "");
    EXPECT_EQ(faults_of(R"({"role":"mortgagee","kind":"organisation","name":"某银行","document_type":"credit_code",
        "number":"91370100MA3C000540"})"),
              "");
    EXPECT_EQ(faults_of(R"({"role":"mortgagor","kind":"person","name":"王","document_type":"citizen_card",
        "number":"370102190003071238","phone":"123"})"),
              "/number check_digit\n/phone length\n");
    EXPECT_EQ(faults_of(R"({"role":"mortgagor","kind":"person","name":"王","document_type":"citizen_card",
        "number":"370202190002290011"})"),
              "/number date\n/phone required\n");
    EXPECT_EQ(faults_of(R"({"role":"mortgagee","kind":"organisation","name":"某","document_type":"credit_code",
        "number":"91370100MA3C000541","from_reader":true})"),
              "/number check_digit\n/from_reader unexpected\n");
    EXPECT_EQ(faults_of(R"({"role":"mortgagor","kind":"person","name":"王","document_type":"credit_code",
        "number":"91370100MA3C000540","phone":"13800138000"})"),
              "/document_type not_a_choice\n");
    EXPECT_EQ(faults_of(R"({"role":"agent","kind":"organisation","name":"王","document_type":"credit_code",
        "number":"91370100MA3C000540"})"),
              "/kind not_a_choice\n/represents required\n");
    EXPECT_EQ(faults_of(R"({"role":"mortgagor","kind":"person","name":"王","document_type":"citizen_card",
        "number":"370102190003071237","phone":"13800138000","represents":"p1"})"),
              "/represents unexpected\n");
    EXPECT_EQ(faults_of("{}"),
              "/role required\n/kind required\n/document_type required\n/name required\n/number required\n");
}

PartyInput person(PartyRole role, std::string number, std::string represents = {})
{
    return {.role = role,
            .kind = PartyKind::person,
            .name = "王小明",
            .document_type = DocumentType::citizen_card,
            .number = std::move(number),
            .phone = "13812345678",
            .birth_date = {},
            .represents = std::move(represents),
            .from_reader = false,
            .valid_until = {},
            .place = {},
            .expected_at = {}};
}
PartyInput bank()
{
    return {.role = PartyRole::mortgagee,
            .kind = PartyKind::organisation,
            .name = "某银行",
            .document_type = DocumentType::credit_code,
            .number = "91370100MA3C000540",
            .phone = {},
            .birth_date = {},
            .represents = {},
            .from_reader = false,
            .valid_until = {},
            .place = {},
            .expected_at = {}};
}

TEST(Party, ProvesItselfByManyDocuments)
{
    const auto input = [](std::string_view document, std::string_view number, std::string_view birth_date) {
        return R"({"role":"buyer","kind":"person","name":"陈大文","document_type":")" + std::string(document) +
               R"(","number":")" + std::string(number) + R"(","phone":"13800138000","birth_date":")" +
               std::string(birth_date) + R"("})";
    };
    EXPECT_EQ(faults_of(input("residence_permit", "810000190001010018", "")), "");
    EXPECT_EQ(faults_of(input("residence_permit", "810000190001010019", "")), "/number check_digit\n");
    EXPECT_EQ(faults_of(input("citizen_card", "370102190003071237", "1900-03-07")), "");
    EXPECT_EQ(faults_of(input("citizen_card", "370102190003071237", "1900-03-08")), "/birth_date mismatch\n");
    EXPECT_EQ(faults_of(input("travel_permit", "h12345678", "1980-01-31")), "");
    EXPECT_EQ(faults_of(input("travel_permit", "H1234", "1980-01-31")), "/number length\n");
    EXPECT_EQ(faults_of(input("passport", "E1234567", "")), "/birth_date date\n");
    EXPECT_EQ(faults_of(input("passport", "E123/4567", "1980-01-31")), "/number characters\n");
    EXPECT_EQ(faults_of(input("permanent_residence", "911344198001310015", "1980-01-31")), "");
}

TEST(Party, IsSealedMaskedAndStored)
{
    PlainVault vault;
    Party party = make_party(vault, shinan, "p1", person(PartyRole::mortgagor, "370102190003071237"));
    EXPECT_EQ(party.number_masked, "370102********1237");
    EXPECT_EQ(party.phone_masked, "138****5678");
    EXPECT_EQ(vault.open(shinan, party.number_sealed), "370102190003071237");
    party.identity = IdentityCheck{.result = IdentityOutcome::matched,
                                   .source = "police",
                                   .reference = "r",
                                   .message = "一致",
                                   .checked_at = 5,
                                   .checked_by = "王代收"};
    const Party read = record_from_text<Party>(record_text(party));
    EXPECT_EQ(record_text(read), record_text(party));
    EXPECT_EQ(read.identity->result, IdentityOutcome::matched);

    const Party moved = resealed(vault, party, shinan, lixia);
    EXPECT_EQ(vault.open(lixia, moved.number_sealed), "370102190003071237");
    EXPECT_EQ(vault.open(lixia, moved.phone_sealed), "13812345678");
    EXPECT_NE(moved.number_digest, party.number_digest);

    const Party organisation = make_party(vault, shinan, "p2", bank());
    EXPECT_EQ(organisation.number_masked, "91370100MA3C000540");
    EXPECT_EQ(organisation.phone_sealed, "");
    EXPECT_FALSE(record_from_text<Party>(record_text(organisation)).identity);
}

TEST(Party, LosesTheIdentityCheckWithTheName)
{
    PlainVault vault;
    PartyInput input = person(PartyRole::mortgagor, "370102190003071237");
    Party party = make_party(vault, shinan, "p1", input);
    party.identity = IdentityCheck{.result = IdentityOutcome::matched,
                                   .source = {},
                                   .reference = {},
                                   .message = {},
                                   .checked_at = 0,
                                   .checked_by = {}};
    input.phone = "13900139000";
    EXPECT_TRUE(changed_party(vault, shinan, party, input).identity);
    input.name = "王大明";
    EXPECT_FALSE(changed_party(vault, shinan, party, input).identity);
    input = person(PartyRole::mortgagor, "37010219000101006X");
    EXPECT_FALSE(changed_party(vault, shinan, party, input).identity);
}

}  // namespace
}  // namespace tongban
