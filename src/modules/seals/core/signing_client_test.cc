#include "modules/seals/core/signing_client.h"

#include <gtest/gtest.h>

#include "modules/seals/core/seals_problems.h"

namespace tongban {
namespace {

SigningClient asked_for()
{
    SigningClient client;
    client.id = "c-1";
    client.version = 1;
    client.name = "历下区不动产登记业务系统";
    client.grants = *read_grants("registration/letter collection/receipt");
    client.requested_by = "a1";
    return client;
}

SigningClient issued()
{
    return *give_secret(*approve(asked_for(), "a2", 10), "digest", "a2", 20);
}

TEST(SigningClient, IsApprovedByAnotherPersonBeforeItGetsASecret)
{
    EXPECT_EQ(give_secret(asked_for(), "digest", "a2", 5).error().problem, &seals_problem::client_state);
    EXPECT_EQ(approve(asked_for(), "a1", 5).error().problem, &seals_problem::same_person);
    EXPECT_EQ(refuse(asked_for(), "a2", "", 5).error().problem, &seals_problem::reason_missing);
    EXPECT_EQ(refuse(asked_for(), "a2", "不需要", 5)->state, ClientState::refused);
    EXPECT_EQ(approve(issued(), "a2", 30).error().problem, &seals_problem::client_state);
    EXPECT_EQ(give_secret(issued(), "another", "a3", 30)->secret_digest, "another") << "a secret may be renewed";
    EXPECT_EQ(revoke(asked_for(), "a2", "x", 5).error().problem, &seals_problem::client_state);
    EXPECT_EQ(revoke(issued(), "a2", "", 30).error().problem, &seals_problem::reason_missing);
    const SigningClient revoked = *revoke(issued(), "a3", "系统下线", 30);
    EXPECT_EQ(revoked.state, ClientState::revoked);
    EXPECT_TRUE(revoked.secret_digest.empty());
    EXPECT_EQ(give_secret(revoked, "again", "a2", 40).error().problem, &seals_problem::client_state);
}

TEST(SigningClient, SealsWhatItWasGrantedAndNothingElse)
{
    EXPECT_TRUE(may_seal(issued(), SealKind::registration, "letter"));
    EXPECT_TRUE(may_seal(issued(), SealKind::collection, "receipt"));
    EXPECT_EQ(may_seal(issued(), SealKind::registration, "document").error().problem, &seals_problem::not_granted);
    EXPECT_EQ(may_seal(issued(), SealKind::registration, "receipt").error().problem, &seals_problem::not_granted);
    EXPECT_EQ(may_seal(asked_for(), SealKind::registration, "letter").error().problem, &seals_problem::client_revoked);
    EXPECT_EQ(may_seal(*revoke(issued(), "a2", "x", 30), SealKind::registration, "letter").error().problem,
              &seals_problem::client_revoked);
}

TEST(SigningClient, IsGrantedOnlyWhatProgramsMayDo)
{
    EXPECT_EQ(grants_text(*read_grants(" registration/document  registration/letter ")),
              "registration/document registration/letter");
    for (const char* wrong : {"", " ", "registration", "registration/", "registration/certificate", "collection/pages",
                              "registration/letter registration/letter", "none/letter"})
        EXPECT_EQ(read_grants(wrong).error().problem, &seals_problem::grants_invalid) << wrong;
}

TEST(SigningClient, ATokenNamesRegistryClientAndSecret)
{
    const std::string secret(64, 'a');
    const ClientToken token{370102, "0193-ab", secret};
    const auto read = read_token(token_text(token));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->agency, 370102);
    EXPECT_EQ(read->id, "0193-ab");
    EXPECT_EQ(read->secret, secret);
    for (const std::string& wrong :
         {std::string(), std::string("370102"), "37010.x." + secret, "370102.." + secret, "370102.ab." + secret + "a",
          "370102.a'b." + secret, "-70102.ab." + secret, "370102.ab." + std::string(64, 'X')})
        EXPECT_FALSE(read_token(wrong)) << wrong;
}

}  // namespace
}  // namespace tongban
