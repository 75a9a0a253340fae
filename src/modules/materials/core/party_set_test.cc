#include "modules/materials/core/party_set.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

RoleRule role(std::string name, Side side, bool persons = true)
{
    RoleRule rule;
    rule.role = std::move(name);
    rule.side = side;
    rule.persons = persons;
    return rule;
}

const Item& mortgage_item()
{
    static const Item made = [] {
        Item item;
        item.roles = {role("mortgagor", Side::obligor), role("mortgagee", Side::holder)};
        return item;
    }();
    return made;
}

const Item& sale_item()
{
    static const Item made = [] {
        Item item;
        item.roles = {role("buyer", Side::holder), role("seller", Side::obligor, false)};
        item.roles[0].max = 1;
        return item;
    }();
    return made;
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

Party party(std::string id, const PartyInput& input)
{
    Party made;
    made.id = std::move(id);
    made.role = input.role;
    made.kind = input.kind;
    made.name = input.name;
    made.document_type = input.document_type;
    made.number_digest = input.number;
    made.represents = input.represents;
    return made;
}

TEST(PartySet, Rules)
{
    const std::string one = "370102190003071237";
    const std::string two = "37010219000101006X";
    const auto codes = [&](std::initializer_list<PartyInput> inputs) {
        std::vector<Party> parties;
        for (const PartyInput& input : inputs) {
            parties.push_back(party("p" + std::to_string(parties.size()), input));
        }
        std::string lines;
        for (const FieldError& fault : party_set_faults(parties, mortgage_item()))
            lines += fault.pointer + " " + fault.code + ";";
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

TEST(PartySet, KnowsTheRolesOfTheItem)
{
    const auto codes = [&](std::initializer_list<PartyInput> inputs) {
        std::vector<Party> parties;
        for (const PartyInput& input : inputs) {
            parties.push_back(party("p" + std::to_string(parties.size()), input));
        }
        std::string lines;
        for (const FieldError& fault : party_set_faults(parties, sale_item()))
            lines += fault.pointer + " " + fault.code + ";";
        return lines;
    };
    const PartyInput buyer = person(PartyRole::buyer, "370102201506010007");
    PartyInput developer = bank();
    developer.role = PartyRole::seller;
    const PartyInput clerk = person(PartyRole::agent, "37010219000101006X", "p1");
    const PartyInput father = person(PartyRole::guardian, "370102190003071237", "p0");
    EXPECT_EQ(codes({buyer, developer, clerk, father}), "");
    EXPECT_EQ(codes({person(PartyRole::mortgagor, "370102190003071237"), buyer, developer,
                     person(PartyRole::agent, "37010219000101006X", "p2")}),
              "/0/role not_a_choice;");
    EXPECT_EQ(codes({buyer, person(PartyRole::seller, "370102190003071237")}), "/1/kind not_a_choice;");
    EXPECT_EQ(codes({buyer, person(PartyRole::buyer, "370102190003071237"), developer,
                     person(PartyRole::agent, "37010219000101006X", "p2")}),
              " too_many_buyer;");
    // A guardian may not act for the ward and for the other side (民法典 168).
    EXPECT_EQ(codes({buyer, developer, person(PartyRole::agent, "370102190003071237", "p1"), father}),
              "/3/represents both_sides;");
    EXPECT_EQ(codes({buyer, developer, clerk, person(PartyRole::guardian, "370102190003071237", "p1")}),
              "/3/represents not_a_choice;");
}

}  // namespace
}  // namespace tongban
