#include "modules/materials/core/dossier.h"

#include <gmock/gmock.h>

namespace tongban {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Item item()
{
    Item made;
    made.questions = {
        {"intent", "真实意思？", AnswerKind::yes_no, "yes", {},            {}},
        {"house",  "房屋？",       AnswerKind::text,   "",    {"buyer"},     {}},
        {"owner",  "权属？",       AnswerKind::text,   "",    {"mortgagor"}, {}},
        {"scope",  "权限？",       AnswerKind::text,   "",    {"agent"},     {}},
        {"ward",   "关系？",       AnswerKind::text,   "",    {"guardian"},  {}},
    };
    return made;
}

Participant party(const std::string& id, PartyRole role, const std::string& represents = {},
                  PartyKind kind = PartyKind::person)
{
    Participant made;
    made.party.id = id;
    made.party.role = role;
    made.party.kind = kind;
    made.party.represents = represents;
    return made;
}

std::vector<std::string> asked(const Dossier& dossier, const std::string& id)
{
    const Party& party = find_party(dossier, id)->party;
    std::vector<std::string> ids;
    if (!is_asked(dossier, party)) return ids;
    for (const InterviewQuestion& question : questions_of(dossier, party, item(), {})) ids.push_back(question.id);
    return ids;
}

TEST(Dossier, WhoComesHimselfIsAskedHimself)
{
    Dossier dossier;
    dossier.parties = {party("b", PartyRole::buyer), party("m", PartyRole::mortgagor)};
    EXPECT_THAT(asked(dossier, "b"), ElementsAre("intent", "house"));
    EXPECT_THAT(asked(dossier, "m"), ElementsAre("intent", "owner"));
}

// domain.md 1.9: the agent speaks for who sent him, and answers what would have been asked of him.
TEST(Dossier, WhoSendsAnAgentIsNotAskedAndTheAgentAnswersForHim)
{
    Dossier dossier;
    dossier.parties = {party("b", PartyRole::buyer), party("c", PartyRole::buyer), party("a", PartyRole::agent, "b")};
    EXPECT_THAT(asked(dossier, "b"), IsEmpty());
    EXPECT_THAT(asked(dossier, "c"), ElementsAre("intent", "house")) << "nobody speaks for the other buyer";
    EXPECT_THAT(asked(dossier, "a"), ElementsAre("intent", "house", "scope"));
}

TEST(Dossier, OrganisationsSpeakThroughTheirAgents)
{
    Dossier dossier;
    dossier.parties = {party("o", PartyRole::mortgagor, {}, PartyKind::organisation),
                       party("a", PartyRole::agent, "o")};
    EXPECT_THAT(asked(dossier, "o"), IsEmpty());
    EXPECT_THAT(asked(dossier, "a"), ElementsAre("intent", "owner", "scope"));
}

TEST(Dossier, AGuardianSpeaksForTheWardAndSoDoesHisAgent)
{
    Dossier dossier;
    dossier.parties = {party("child", PartyRole::buyer), party("g", PartyRole::guardian, "child")};
    EXPECT_THAT(asked(dossier, "child"), IsEmpty());
    EXPECT_THAT(asked(dossier, "g"), ElementsAre("intent", "house", "ward"));
    dossier.parties.push_back(party("a", PartyRole::agent, "g"));
    EXPECT_THAT(asked(dossier, "g"), IsEmpty());
    EXPECT_THAT(asked(dossier, "a"), ElementsAre("intent", "house", "scope", "ward"));
}

TEST(Dossier, AnAgentOfNobodyIsAskedAsAnAgentOnly)
{
    Dossier dossier;
    dossier.parties = {party("a", PartyRole::agent, "gone")};
    EXPECT_THAT(asked(dossier, "a"), ElementsAre("intent", "scope"));
}

}  // namespace
}  // namespace tongban
