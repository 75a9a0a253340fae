#include "modules/register_book/core/register_questions.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

RegisterView with_owners(std::initializer_list<std::pair<std::string, std::string>> owners)
{
    RegisterView view;
    for (const auto& [digest, share] : owners) {
        view.owners.push_back({"", "", "", digest, share, "证" + digest, 0});
    }
    return view;
}

TEST(RegisterQuestions, TheUnitNumberTellsKindAndParcel)
{
    EXPECT_EQ(unit_kind("370102001001GB00001W00000000"), UnitKind::parcel);
    EXPECT_EQ(unit_kind("370102001001GB00001F00010000"), UnitKind::building);
    EXPECT_EQ(unit_kind("370102001001GB00001F00010101"), UnitKind::flat);
    EXPECT_EQ(unit_kind("370102001001GB00001L00010101"), UnitKind::other);
    EXPECT_EQ(unit_kind("3701"), UnitKind::other);
    EXPECT_EQ(parcel_unit("370102001001GB00001F00010101"), "370102001001GB00001W00000000");
}

TEST(RegisterQuestions, OwnersAreComparedByPresentAndFormerNumbers)
{
    using Numbers = std::vector<std::string>;
    RegisterView view = with_owners({
        {"a", "1/3"},
        {"b", "2/3"}
    });
    EXPECT_TRUE(are_owners(view, Numbers{"a"}));
    EXPECT_FALSE(are_owners(view, Numbers{"a", "c"}));
    EXPECT_FALSE(are_owners(view, Numbers{})) << "nobody is not the owner";
    EXPECT_FALSE(are_all_owners(view, Numbers{"a"}));
    EXPECT_TRUE(are_all_owners(view, Numbers{"b", "a", "c"}));
    EXPECT_FALSE(are_all_owners(RegisterView{}, Numbers{"a"}));
    view.owners[0].former_digests = {"old"};
    EXPECT_TRUE(are_all_owners(view, Numbers{"old", "b"}));
    EXPECT_TRUE(hold_two_thirds(view, Numbers{"b"}));
    EXPECT_FALSE(hold_two_thirds(view, Numbers{"a"}));
    const RegisterView joint = with_owners({
        {"a", "共同共有"},
        {"b", "共同共有"}
    });
    EXPECT_FALSE(hold_two_thirds(joint, Numbers{"a"})) << "joint owners act together (301)";
    EXPECT_TRUE(hold_two_thirds(joint, Numbers{"a", "b"}));
}

TEST(RegisterQuestions, EndedRightsCountForNothing)
{
    RegisterView view;
    RegisteredMortgage mortgage;
    mortgage.transfer_ban = true;
    mortgage.construction = true;
    mortgage.certificate_number = "证1";
    view.mortgages.push_back(mortgage);
    RegisteredPreNotice notice;
    notice.holders = {
        {"", "", "", "", ""}
    };
    notice.certificate_number = "证2";
    view.pre_notices.push_back(notice);
    EXPECT_EQ(transfer_bans(view), 1U);
    EXPECT_EQ(construction_mortgages(view), 1U);
    EXPECT_EQ(sale_notices_of_others(view, std::vector<std::string>{""}), 1U)
        << "a holder without a known number is never the applicant";
    EXPECT_TRUE(certificate_in_force(view, "证1"));
    EXPECT_TRUE(find_entry(view, EntryKind::sale_notice, "证2").has_value());
    EXPECT_FALSE(find_entry(view, EntryKind::mortgage_notice, "证2").has_value());
    EXPECT_FALSE(certificate_in_force(view, ""));
    view.mortgages[0].status = RightStatus::terminated;
    view.pre_notices[0].status = RightStatus::history;
    EXPECT_EQ(transfer_bans(view) + construction_mortgages(view) + sale_notices_of_others(view, {}), 0U);
    EXPECT_FALSE(certificate_in_force(view, "证1"));
    EXPECT_FALSE(certificate_in_force(view, "证2"));
}

TEST(RegisterQuestions, ATermWithoutEndNeverExpires)
{
    RegisterView view;
    EXPECT_FALSE(term_expired(view, "2999-01-01"));
    view.term_until = "2076-11-24";
    EXPECT_FALSE(term_expired(view, "2076-11-24"));
    EXPECT_TRUE(term_expired(view, "2076-11-25"));
}

}  // namespace
}  // namespace tongban
