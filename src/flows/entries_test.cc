// What the entry of each item does to the register and to certificates, from a case that is ready to be entered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "flows/after_approval_fixture_test.h"
#include "flows/tax_facts.h"
#include "modules/register_book/core/register_questions.h"

namespace tongban::after_approval {
namespace {

using ::testing::HasSubstr;

struct Who {
    PartyRole role;
    std::string key;              // of the demo people, or "bank", "developer"
    std::string document = {};    // another number than the demo person's
    std::string name = {};        // another name
    std::string represents = {};  // role acted for
};

class EntriesTest : public AfterApproval {
protected:
    const DemoUnit& unit_in(DemoState state, int which = 0)
    {
        for (const DemoUnit& unit : demo_units()) {
            if (unit.state == state && which-- == 0) return unit;
        }
        throw std::logic_error("no such demo unit");
    }

    RegisterView view(std::string_view unit)
    {
        return read([&](Sql& sql) -> Result<RegisterView> { return register_.find_unit(sql, home, unit); }).value();
    }

    // A case of the item, paid or with nothing to pay.
    std::string ready(const std::string& code, std::string_view unit, std::vector<FieldValue> values,
                      const std::vector<Who>& who, const std::vector<std::string>& materials = {})
    {
        const Item& item = *catalog_.item_in_force(home, code, china_date(clock_.now())).value();
        Dossier dossier;
        dossier.application = Application{std::string(unit), std::move(values)};
        for (const Who& one : who) dossier.parties.push_back({participant(one, dossier), {}, {}});
        for (const std::string& line : materials) {
            Material& material = material_of(dossier, line);
            material.check = FormalCheck::passed;
            material.pages.push_back({});
        }
        const std::string number = write(home, [&](Sql& sql) -> Result<std::string> {
                                       return cases_->next_number(sql, home, clock_.now());
                                   }).value();
        const CaseOrigin origin{window, "collection-" + number, "DS1", "窗口"};
        const auto done = [&](const CaseCommand& command, const Actor* actor = nullptr) {
            const Result<Case> moved = act(number, command, actor);
            EXPECT_TRUE(moved.has_value()) << (moved ? "" : moved.error().code());
        };
        done(case_command::Open{ids_.next(), number, code, item.version, origin});
        done(case_command::File{dossier, "digest", origin.collection_id, "坐落", "home"});
        done(case_command::Accept{}, &acceptor_);
        done(case_command::Approve{"", "", 0}, &reviewer_);
        done(case_command::RecordPayment{});
        return number;
    }

    Case entered(const std::string& number)
    {
        const Result<Response> answer = registration_.enter(registrar_, number, subject(number).version, {}, "已核实");
        std::string why;
        if (!answer) {
            why = std::string(answer.error().code()) + " " + answer.error().detail;
        }
        EXPECT_TRUE(answer.has_value()) << why;
        return subject(number);
    }

    std::vector<Certificate> certificates_of(const std::string& number)
    {
        return read([&](Sql& sql) -> Result<std::vector<Certificate>> {
                   return certificates_.all_for_case(sql, home, number);
               })
            .value();
    }

    // The tax office says that what is applied for now is paid.
    void tax_paid(const std::string& number)
    {
        const Case sale = subject(number);
        const Item& item = *catalog_.item_in_force(home, sale.item, china_date(clock_.now())).value();
        TaxSettlement settled;
        settled.case_number = number;
        settled.answer.state = TaxState::paid;
        settled.answer.reference = "SB1";
        settled.answer.receipt = "完税1号";
        settled.basis =
            tax_basis_of(sale.dossier.application->unit_number, facts_of(sale.dossier, item, china_date(clock_.now())),
                         applicants_of(sale.dossier, item));
        const auto kept = write(home, [&](Sql& sql) -> Result<void> {
            taxes_.keep(sql, home, settled);
            return {};
        });
        ASSERT_TRUE(kept.has_value());
    }
    std::string refusal(const std::string& number)
    {
        const Result<Response> answer = registration_.enter(registrar_, number, subject(number).version, {}, "已核实");
        return answer ? std::string("entered") : std::string(answer.error().code()) + " " + answer.error().detail;
    }
    static std::vector<FieldValue> sale(const std::string& co_ownership, const std::string& shares,
                                        const std::string& certificates)
    {
        return {
            {"sale.contract_number", "演合2026-1"},
            {"sale.contract_date",   "2026-11-01"  },
            {"sale.price_fen",       "150000000"   },
            {"sale.property_kind",   "ordinary"    },
            {"sale.co_ownership",    co_ownership  },
            {"sale.shares",          shares        },
            {"sale.certificates",    certificates  }
        };
    }

    // A mortgage entered by the platform; gives its certificate number.
    std::string mortgaged(std::string_view unit)
    {
        const std::string number = ready("DY-01", unit,
                                         {
                                             {"mortgage.way",                "general"   },
                                             {"mortgage.secured_amount_fen", "100000000" },
                                             {"mortgage.debt_from",          "2026-11-01"},
                                             {"mortgage.debt_to",            "2036-10-31"},
                                             {"mortgage.transfer_ban",       "no"        }
        },
                                         {{PartyRole::mortgagor, "owner"},
                                          {PartyRole::mortgagee, "bank"},
                                          {PartyRole::agent, "agent", {}, {}, "mortgagee"}});
        return entered(number).entry.value().certificate_number;
    }

private:
    Party participant(const Who& who, const Dossier& dossier)
    {
        std::string represents;
        for (const Participant& other : dossier.parties) {
            if (!who.represents.empty() && to_text(other.party.role) == who.represents) represents = other.party.id;
        }
        if (who.key == "bank" || who.key == "developer") {
            for (const DemoOrganisation& organisation : demo_organisations()) {
                const bool developer = std::string_view(organisation.name).find("置业") != std::string_view::npos ||
                                       std::string_view(organisation.name).find("开发") != std::string_view::npos;
                if (developer == (who.key == "developer"))
                    return party(who.role, PartyKind::organisation, organisation.name, organisation.number,
                                 organisation.phone, represents);
            }
        }
        const DemoPerson& person = *find_demo_person(who.key);
        return party(who.role, PartyKind::person, who.name.empty() ? std::string_view(person.name) : who.name,
                     who.document.empty() ? std::string_view(person.number) : who.document, person.phone, represents);
    }
};
TONGBAN_ON_EACH_ENGINE(EntriesTest);

TEST_P(EntriesTest, AMortgageIsAlteredAssignedAndEnded)
{
    const std::string_view unit = unit_in(DemoState::free, 3).unit_number;
    const std::string first = mortgaged(unit);

    const Case altered = entered(ready("DY-02", unit,
                                       {
                                           {"target",                        first         },
                                           {"alteration.secured_amount_fen", "150000000"   },
                                           {"alteration.debt_to",            "2040-10-31"  },
                                           {"alteration.reason",             "追加贷款"}
    },
                                       {{PartyRole::mortgagor, "owner"}, {PartyRole::mortgagee, "bank"}}));
    const std::string second = altered.entry.value().certificate_number;
    EXPECT_EQ(altered.entry->mortgage_order, 1) << "the place among the others stays";
    RegisterView now = view(unit);
    ASSERT_EQ(current_mortgages(now), 1U);
    EXPECT_TRUE(certificate_in_force(now, second));
    EXPECT_FALSE(certificate_in_force(now, first));
    const Certificate old = certificates_of(altered.number).front();
    EXPECT_EQ(old.number, second);
    EXPECT_THAT(old.other, HasSubstr("1500000.00"));

    const Case assigned = entered(ready("DY-03", unit,
                                        {
                                            {"target",               second        },
                                            {"assignment.date",      "2026-11-20"  },
                                            {"assignment.reason",    "债权转让"},
                                            {"assignment.with_debt", "yes"         }
    },
                                        {{PartyRole::mortgagee, "bank"}, {PartyRole::new_mortgagee, "spouse"}},
                                        {"M10-2", "M10-3", "M10-4", "M10-5"}));
    const std::string third = assigned.entry.value().certificate_number;
    now = view(unit);
    ASSERT_EQ(current_mortgages(now), 1U);
    EXPECT_EQ(certificates_of(assigned.number).front().obligor, find_demo_person("owner")->name)
        << "the mortgagor comes from the register";

    const Case ended =
        entered(ready("DY-04", unit,
                      {
                          {"target",            third      },
                          {"ending.reason",     "settled"  },
                          {"ending.applied_by", "mortgagee"}
    },
                      {{PartyRole::mortgagee, "spouse"}}));
    EXPECT_EQ(current_mortgages(view(unit)), 0U);
    EXPECT_EQ(ended.entry.value().certificate_number, "") << "nothing is issued";
    EXPECT_THAT(certificates_of(ended.number), ::testing::IsEmpty());
    const Certificate gone = certificates_of(assigned.number).front();
    EXPECT_EQ(gone.standing, CertificateStanding::void_);
    EXPECT_EQ(issuer().issue_due(), 3);
}

TEST_P(EntriesTest, PreNoticesAreEntered)
{
    const std::string_view unit = unit_in(DemoState::unsold).unit_number;
    const Case sale = entered(ready("YG-01", unit,
                                    {
                                        {"sale.contract_number", "YS2026-1"  },
                                        {"sale.contract_date",   "2026-11-01"},
                                        {"sale.price_fen",       "200000000" },
                                        {"sale.area",            "105.00"    },
                                        {"sale.agreed_notice",   "yes"       }
    },
                                    {{PartyRole::seller, "developer"}, {PartyRole::buyer, "owner"}}));
    EXPECT_EQ(current_notices(view(unit), PreNoticeKind::sale), 1U);
    EXPECT_THAT(sale.timeline.back().text, HasSubstr("预告登记自此生效"));

    entered(ready("YG-02", unit,
                  {
                      {"mortgage.way",                "general"   },
                      {"mortgage.secured_amount_fen", "100000000" },
                      {"mortgage.debt_from",          "2026-11-01"},
                      {"mortgage.debt_to",            "2046-10-31"},
                      {"mortgage.transfer_ban",       "no"        },
                      {"mortgage.contract_number",    "DY2026-1"  }
    },
                  {{PartyRole::mortgagor, "owner"}, {PartyRole::mortgagee, "bank"}}));
    EXPECT_EQ(current_notices(view(unit), PreNoticeKind::mortgage), 1U);
    EXPECT_EQ(issuer().issue_due(), 2);
}

// The pre-notice of the buyer turns into the transfer, in the same entry.
TEST_P(EntriesTest, ANewHomePassesOverAndFulfilsItsPreNotice)
{
    const std::string_view unit = unit_in(DemoState::sale_notice).unit_number;
    const RegisterView before = view(unit);
    ASSERT_EQ(current_notices(before, PreNoticeKind::sale), 1U);
    const std::string number = ready("XF-01", unit, sale("sole", "", "1"),
                                     {
                                         {PartyRole::seller, "developer"},
                                         {PartyRole::buyer,  "owner"    }
    });
    EXPECT_THAT(refusal(number), HasSubstr("XF-01-02")) << "契税法 11: not before the tax is paid";
    EXPECT_EQ(view(unit).owners.at(0).name, before.owners.at(0).name);

    tax_paid(number);
    const Case sold = entered(number);
    const RegisterView now = view(unit);
    ASSERT_EQ(now.owners.size(), 1U);
    EXPECT_EQ(now.owners[0].name, find_demo_person("owner")->name);
    EXPECT_EQ(now.owners[0].share, "单独所有");
    EXPECT_EQ(current_notices(now, PreNoticeKind::sale), 0U);
    EXPECT_FALSE(certificate_in_force(now, before.pre_notices.at(0).certificate_number));
    EXPECT_FALSE(certificate_in_force(now, before.owners.at(0).certificate_number)) << "the developer's title";
    const Certificate title = certificates_of(number).at(0);
    EXPECT_EQ(title.kind, CertificateKind::title);
    EXPECT_EQ(title.number, now.owners[0].certificate_number);
    EXPECT_EQ(sold.entry.value().certificate_number, title.number);
    EXPECT_EQ(issuer().issue_due(), 1) << "printed and signed";
}

TEST_P(EntriesTest, TwoBuyersGetTheirSharesAndACertificateEach)
{
    const std::string_view unit = unit_in(DemoState::unsold, 1).unit_number;
    const std::string number =
        ready("XF-01", unit, sale("shares", "1/3，2/3", "2"),
              {
                  {PartyRole::seller, "developer"},
                  {PartyRole::buyer,  "buyer"    },
                  {PartyRole::buyer,  "buyer2"   }
    });
    tax_paid(number);
    entered(number);
    const RegisterView now = view(unit);
    ASSERT_EQ(now.owners.size(), 2U);
    EXPECT_EQ(now.owners[0].share, "1/3");
    EXPECT_EQ(now.owners[1].share, "2/3");
    EXPECT_NE(now.owners[0].certificate_number, now.owners[1].certificate_number);
    const std::vector<Certificate> titles = certificates_of(number);
    ASSERT_EQ(titles.size(), 2U);
    EXPECT_THAT(titles[0].co_ownership, HasSubstr("按份共有"));
    EXPECT_EQ(issuer().issue_due(), 2);
}

TEST_P(EntriesTest, AHomeIsSoldByNobodyButItsOwnerAndNotInPieces)
{
    const std::string_view unit = unit_in(DemoState::unsold, 2).unit_number;
    const std::string by_another = ready("XF-01", unit, sale("sole", "", "1"),
                                         {
                                             {PartyRole::seller, "bank" },
                                             {PartyRole::buyer,  "buyer"}
    });
    tax_paid(by_another);
    EXPECT_THAT(refusal(by_another), HasSubstr("PRE-06"));
    const std::string in_pieces =
        ready("XF-01", unit, sale("shares", "1/3,1/3", "1"),
              {
                  {PartyRole::seller, "developer"},
                  {PartyRole::buyer,  "buyer"    },
                  {PartyRole::buyer,  "buyer2"   }
    });
    tax_paid(in_pieces);
    EXPECT_THAT(refusal(in_pieces), HasSubstr("register_book.shares_not_whole"));
    EXPECT_EQ(view(unit).owners.at(0).name, find_demo_organisation("developer")->name);
    EXPECT_THAT(certificates_of(in_pieces), ::testing::IsEmpty());
}

TEST_P(EntriesTest, AHolderIsRenamedAndGetsANewTitle)
{
    const std::string_view unit = unit_in(DemoState::free, 4).unit_number;
    const std::string old = view(unit).owners.at(0).certificate_number;
    const Case renamed = entered(ready("BG-01", unit,
                                       {
                                           {"target",          old                                   },
                                           {"rename.kind",     "name"                                },
                                           {"rename.old_name", find_demo_person("owner")->name.data()},
                                           {"rename.new_name", "王更名"                           },
                                           {"rename.reason",   "公安机关批准更名"            }
    },
                                       {{PartyRole::holder, "owner", {}, "王更名"}}));
    const RegisterView now = view(unit);
    ASSERT_EQ(now.owners.size(), 1U);
    EXPECT_EQ(now.owners[0].name, "王更名");
    EXPECT_EQ(now.owners[0].certificate_number, renamed.entry.value().certificate_number);
    const Certificate made = certificates_of(renamed.number).at(0);
    EXPECT_EQ(made.kind, CertificateKind::title);
    EXPECT_THAT(made.number, HasSubstr("不动产权第"));
    EXPECT_EQ(issuer().issue_due(), 1) << "the title certificate is printed and signed";
}

TEST_P(EntriesTest, AUnitGetsAnotherAddressAndEveryHolderANewTitle)
{
    const std::string_view unit = unit_in(DemoState::shared).unit_number;
    const RegisterView before = view(unit);
    const Case moved = entered(ready("BG-02", unit,
                                     {
                                         {"readdress.new_location", "济南市历下区新名路1号"},
                                         {"readdress.reason",       "administrative"                 },
                                         {"readdress.document",     "演地名〔2026〕1号"        }
    },
                                     {{PartyRole::holder, "owner"}}));
    const RegisterView now = view(unit);
    EXPECT_EQ(now.location, "济南市历下区新名路1号");
    ASSERT_EQ(now.owners.size(), before.owners.size());
    for (std::size_t i = 0; i < now.owners.size(); ++i) {
        EXPECT_EQ(now.owners[i].share, before.owners[i].share);
        EXPECT_NE(now.owners[i].certificate_number, before.owners[i].certificate_number);
    }
    EXPECT_EQ(certificates_of(moved.number).front().location, "济南市历下区新名路1号");
}

TEST_P(EntriesTest, ATitleAndAProofAreReplaced)
{
    const std::string_view unit = unit_in(DemoState::certificate_lost).unit_number;
    const std::string old = view(unit).owners.at(0).certificate_number;
    const Case reissued = entered(ready("BZ-02", unit,
                                        {
                                            {"target",                     old         },
                                            {"replacement.reason",         "遗失"    },
                                            {"replacement.lost_on",        "2026-10-01"},
                                            {"replacement.statement_from", "2026-10-20"}
    },
                                        {{PartyRole::holder, "owner"}}));
    const Certificate made = certificates_of(reissued.number).at(0);
    EXPECT_EQ(made.kind, CertificateKind::title);
    EXPECT_THAT(made.notes, HasSubstr("补发，原证号 " + old));
    EXPECT_EQ(view(unit).owners.at(0).certificate_number, made.number);

    const std::string_view other = unit_in(DemoState::free, 5).unit_number;
    const std::string proof = mortgaged(other);
    const Case replaced = entered(ready("BZ-01", other,
                                        {
                                            {"target",             proof   },
                                            {"replacement.reason", "破损"}
    },
                                        {{PartyRole::holder, "bank"}}));
    const Certificate again = certificates_of(replaced.number).at(0);
    EXPECT_EQ(again.kind, CertificateKind::proof);
    EXPECT_TRUE(certificate_in_force(view(other), again.number));
    EXPECT_FALSE(certificate_in_force(view(other), proof));
}

// An item that the program has never heard of: only data are added.
TEST_P(EntriesTest, ATwelfthItemNeedsNothingButData)
{
    const TemporaryFolder folder;
    const std::filesystem::path copy = std::filesystem::path(folder.path()) / "data";
    std::filesystem::copy("data", copy, std::filesystem::copy_options::recursive);
    std::filesystem::copy("tests/data/DY-05", copy / "catalog" / "DY-05", std::filesystem::copy_options::recursive);
    std::ofstream(copy / "catalog" / "items.toml", std::ios::app)
        << "\n[[items]]\ncode = \"DY-05\"\nname = \"最高额抵押权确定登记\"\non = true\n";
    catalog_ = load_catalog(copy.string());

    const std::string_view unit = unit_in(DemoState::free, 7).unit_number;
    const std::string proof = mortgaged(unit);
    const Case determined = entered(ready("DY-05", unit,
                                          {
                                              {"target",                        proof       },
                                              {"alteration.secured_amount_fen", "87654300"  },
                                              {"determined.cause",              "expired"   },
                                              {"determined.on",                 "2026-11-20"}
    },
                                          {{PartyRole::mortgagor, "owner"}, {PartyRole::mortgagee, "bank"}}));
    EXPECT_EQ(determined.item, "DY-05");
    const RegisterView now = view(unit);
    EXPECT_TRUE(certificate_in_force(now, determined.entry.value().certificate_number));
    ASSERT_EQ(current_mortgages(now), 1U);
    EXPECT_THAT(certificates_of(determined.number).at(0).other, HasSubstr("876543.00"));

    const std::string empty = ready("DY-05", unit,
                                    {
                                        {"target", determined.entry->certificate_number}
    },
                                    {{PartyRole::mortgagor, "owner"}, {PartyRole::mortgagee, "bank"}});
    const Result<Response> refused = registration_.enter(registrar_, empty, subject(empty).version, {}, "已核实");
    ASSERT_FALSE(refused.has_value());
    EXPECT_THAT(refused.error().detail, HasSubstr("DY-05-01")) << "its own rule protects the register";
}

TEST_P(EntriesTest, SomebodyWhoDoesNotHoldTheRightCannotEndIt)
{
    const std::string_view unit = unit_in(DemoState::free, 6).unit_number;
    const std::string proof = mortgaged(unit);
    const auto refused = [&](const std::string& target, const std::string& who) {
        const std::string number =
            ready("DY-04", unit,
                  {
                      {"target",            target     },
                      {"ending.reason",     "settled"  },
                      {"ending.applied_by", "mortgagee"}
        },
                  {{PartyRole::mortgagee, who}});
        const Result<Response> answer = registration_.enter(registrar_, number, subject(number).version, {}, "已核实");
        return answer ? std::string("entered") : std::string(answer.error().code()) + " " + answer.error().detail;
    };
    EXPECT_THAT(refused(proof, "spouse"), HasSubstr("DY-04-01"));
    EXPECT_THAT(refused("鲁(2026)历下区不动产证明第9999999号", "bank"), HasSubstr("PRE-28"));
    EXPECT_EQ(current_mortgages(view(unit)), 1U);
}

}  // namespace
}  // namespace tongban::after_approval
