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
            .represents = std::move(represents)};
}
PartyInput bank()
{
    return {.role = PartyRole::mortgagee,
            .kind = PartyKind::organisation,
            .name = "某银行",
            .document_type = DocumentType::credit_code,
            .number = "91370100MA3C000540",
            .phone = {},
            .represents = {}};
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
    EXPECT_FALSE(organisation.needs_interview());
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

TEST(PartySet, Rules)
{
    PlainVault vault;
    const std::string one = "370102190003071237";
    const std::string two = "37010219000101006X";
    const auto codes = [&](std::initializer_list<PartyInput> inputs) {
        std::vector<Party> parties;
        for (const PartyInput& input : inputs) {
            parties.push_back(make_party(vault, shinan, "p" + std::to_string(parties.size()), input));
        }
        std::string lines;
        for (const FieldError& fault : party_set_faults(parties)) lines += fault.pointer + " " + fault.code + ";";
        return lines;
    };
    const auto mortgagor = [&](const std::string& number) { return person(PartyRole::mortgagor, number); };
    const auto mortgagee = [&](const std::string& number) { return person(PartyRole::mortgagee, number); };
    const auto agent = [&](const std::string& number, std::string of) {
        return person(PartyRole::agent, number, std::move(of));
    };

    EXPECT_EQ(codes({}), " missing_mortgagor; missing_mortgagee;");
    EXPECT_EQ(codes({mortgagor(one), bank()}), "/1/id missing_agent;");
    EXPECT_EQ(codes({mortgagor(one), bank(), agent(two, "p1")}), "");
    EXPECT_EQ(codes({mortgagor(one), mortgagee(one)}), "/1/number both_sides;");
    EXPECT_EQ(codes({mortgagor(one), mortgagor(one), mortgagee(two)}), "/1/number twice;");
    EXPECT_EQ(codes({mortgagor(one), bank(), agent(one, "p1")}), "/2/represents both_sides;");
    EXPECT_EQ(codes({mortgagor(one), bank(), agent(two, "p1"), agent(two, "p0")}), "/3/represents both_sides;");
    EXPECT_EQ(codes({mortgagor(one), bank(), agent(two, "p1"), agent(two, "p1")}), "/3/number twice;");
    EXPECT_EQ(codes({mortgagor(one), mortgagee(two), agent("370102200002290004", "p9")}), "/2/represents not_found;");
    EXPECT_EQ(codes({mortgagor(one), bank(), agent(two, "p1"), agent("370102200002290004", "p2")}),
              "/3/represents not_a_choice;");
}

}  // namespace
}  // namespace tongban
