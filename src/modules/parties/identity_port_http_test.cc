#include "modules/parties/identity_port_http.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

class ScriptedClient : public HttpClient {
public:
    Response send(Method method, const std::string& url, const Headers&, std::string body) override
    {
        asked = std::string(to_text(method)) + " " + url + " " + body;
        return Response::json(status, answer);
    }
    std::string asked;
    int status = 200;
    std::string answer;
};

TEST(IdentityPort, AsksAndReads)
{
    ScriptedClient client;
    client.answer = R"({"result":"mismatched","source":"police","reference":"P-1","message":"姓名与号码不一致"})";
    HttpIdentityPort port(client, "http://127.0.0.1:1/police");
    const IdentityAnswer answer =
        port.check({PartyKind::person, DocumentType::citizen_card, "王小明", "370102190003071237", "collection DS1"});
    EXPECT_EQ(client.asked, R"(POST http://127.0.0.1:1/police/identity-checks {"kind":"person",)"
                            R"("document_type":"citizen_card","name":"王小明",)"
                            R"("number":"370102190003071237","purpose":"collection DS1"})");
    EXPECT_EQ(answer.result, IdentityOutcome::mismatched);
    EXPECT_EQ(answer.reference, "P-1");
    EXPECT_TRUE(answer.former_names.empty());
}

TEST(IdentityPort, TellsFormerNamesAndWhoAnswered)
{
    ScriptedClient client;
    client.answer = R"({"result":"matched","source":"immigration","reference":"P-2","former_names":["DEMO OLD"]})";
    HttpIdentityPort port(client, "u");
    const IdentityAnswer answer =
        port.check({PartyKind::person, DocumentType::passport, "DEMO NEW", "E00000001", "collection DS1"});
    EXPECT_EQ(answer.source, "immigration");
    EXPECT_EQ(answer.former_names, std::vector<std::string>{"DEMO OLD"});
    EXPECT_NE(client.asked.find(R"("document_type":"passport")"), std::string::npos);
}

TEST(IdentityPort, TakesNothingElseForAnAnswer)
{
    ScriptedClient client;
    HttpIdentityPort port(client, "u");
    const IdentityQuestion question{PartyKind::person, DocumentType::citizen_card, "王", "370102190003071237", "p"};
    for (const char* body : {"", "{}", "[]", R"({"result":"yes","source":"police","reference":"1"})",
                             R"({"result":"matched","source":"police"})",
                             R"({"result":"matched","source":"police","reference":"1","x":1})",
                             R"({"result":"matched","source":"neighbour","reference":"1"})",
                             R"({"result":"matched","source":"police","reference":"1","former_names":"王"})"}) {
        client.answer = body;
        EXPECT_THROW(port.check(question), Unreachable) << body;
    }
    client.answer = R"({"result":"matched","source":"police","reference":"1"})";
    for (int status : {201, 400, 404, 500, 503}) {
        client.status = status;
        EXPECT_THROW(port.check(question), Unreachable) << status;
    }
}

TEST(CardReader, ReadsAndDoubts)
{
    ScriptedClient client;
    HttpCardReader reader(client, "u");
    const std::string good =
        R"({"name":"王小明","number":"370102190003071237","sex":"男","birth_date":"1900-03-07","address":"济南市","valid_until":"2036-03-07"})";
    client.answer = good;
    EXPECT_EQ(reader.read()->number, "370102190003071237");
    const auto with = [&](std::string_view old, std::string_view now) {
        client.answer = good;
        client.answer.replace(client.answer.find(old), old.size(), now);
        const auto card = reader.read();
        return card ? std::string() : std::string(card.error().code());
    };
    EXPECT_EQ(with("1900-03-07", "1900-03-08"), "parties.card_damaged");
    EXPECT_EQ(with("男", "女"), "parties.card_damaged");
    EXPECT_EQ(with("1237", "1238"), "parties.card_damaged");
    EXPECT_EQ(with("\"name\"", "\"names\""), "parties.card_damaged");
    client.status = 404;
    EXPECT_EQ(reader.read().error().code(), "parties.no_card");
    client.status = 500;
    EXPECT_THROW((void)reader.read(), Unreachable);
}

}  // namespace
}  // namespace tongban
