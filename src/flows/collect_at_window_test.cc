// What the window must get right when an answer was lost, and what it may say of a card.

#include "flows/main_path_fixture_test.h"

namespace tongban {
namespace {

class CollectAtWindowTest : public MainPathTest {
protected:
    void add_owner(bool from_reader = false)
    {
        const DemoPerson& owner = *find_demo_person("owner");
        json::object party =
            parse_json(party_text("mortgagor", "person", owner.name, owner.number, owner.phone)).value().as_object();
        party["from_reader"] = from_reader;
        ASSERT_EQ(sit(&CollectAtWindow::add_party, json::serialize(party)).code, "");
        party_ = std::string(last_.at("parties").at(0).at("id").as_string());
    }
    bool from_reader() { return look().at("parties").at(0).at("from_reader").as_bool(); }
    // The same call twice with one key and the version the client had before: the second gets the first one's answer.
    void repeat(Result<Response> (CollectAtWindow::*action)(ApiRequest&), const std::string& body,
                const std::string& key)
    {
        const std::map<std::string, std::string> path{
            {"party", party_}
        };
        const std::int64_t before = version_;
        const Answer first = sit(action, body, path, key);
        ASSERT_EQ(first.code, "") << first.text;
        version_ = before;
        const Answer again = sit(action, body, path, key);
        EXPECT_EQ(again.code, "") << key;
        EXPECT_EQ(again.text, first.text) << key;
        EXPECT_EQ(look().at("version").as_int64(), first.body.at("version").as_int64()) << key;
    }
    std::string party_;
};
TONGBAN_ON_EACH_ENGINE(CollectAtWindowTest);

TEST_P(CollectAtWindowTest, ALostAnswerIsGivenAgainWithoutAskingOutside)
{
    open_sitting();
    repeat(&CollectAtWindow::set_application, application_text(unit_), "key-application");
    add_owner();
    repeat(&CollectAtWindow::check_identity, "", "key-identity");
    EXPECT_EQ(police_.asked.size(), 1U);
    interview(party_, "mortgagor");
    repeat(&CollectAtWindow::record_signature, "PNG another signature", "key-signature");
    expect_everything_adds_up();
}

TEST_P(CollectAtWindowTest, AKeyOfAnotherCallIsRefusedBeforeAnythingIsAsked)
{
    open_sitting();
    repeat(&CollectAtWindow::set_application, application_text(unit_), "key-1");
    EXPECT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_) + " ", {}, "key-1").code,
              "journal.key_reused");
}

TEST_P(CollectAtWindowTest, ANumberIsFromTheReaderOnlyWhenTheReaderShowedIt)
{
    open_sitting();
    add_owner(true);
    EXPECT_FALSE(from_reader()) << "the client said so, the reader did not";
    ASSERT_EQ(sit(&CollectAtWindow::remove_party, "",
                  {
                      {"party", party_}
    })
                  .code,
              "");

    const DemoPerson& owner = *find_demo_person("owner");
    reader_.card =
        CardOnReader{std::string(owner.name), std::string(owner.number), "男", "1990-03-07", "演示路", "长期"};
    ASSERT_EQ(sit(&CollectAtWindow::card, "").code, "");
    add_owner(true);
    EXPECT_TRUE(from_reader());

    clock_.advance(CardsRead::kept_for);
    const auto change = [&](std::string_view number) {
        json::object party =
            parse_json(party_text("mortgagor", "person", owner.name, number, "13900139000")).value().as_object();
        party["from_reader"] = true;
        return sit(&CollectAtWindow::change_party, json::serialize(party),
                   {
                       {"party", party_}
        })
            .code;
    };
    EXPECT_EQ(change(owner.number), "");
    EXPECT_TRUE(from_reader()) << "another phone, the same card";
    EXPECT_EQ(change(find_demo_person("agent")->number), "");
    EXPECT_FALSE(from_reader()) << "a number the reader never showed";
}

TEST_P(CollectAtWindowTest, ANameTypedOverAReadNumberIsTyped)
{
    open_sitting();
    const DemoPerson& owner = *find_demo_person("owner");
    reader_.card = CardOnReader{"另一人", std::string(owner.number), "男", "1990-03-07", "演示路", "长期"};
    ASSERT_EQ(sit(&CollectAtWindow::card, "").code, "");
    add_owner(true);
    EXPECT_FALSE(from_reader());

    reader_.card->name = owner.name;
    ASSERT_EQ(sit(&CollectAtWindow::card, "").code, "");
    const auto change = [&](std::string_view name) {
        json::object party =
            parse_json(party_text("mortgagor", "person", name, owner.number, owner.phone)).value().as_object();
        party["from_reader"] = true;
        EXPECT_EQ(sit(&CollectAtWindow::change_party, json::serialize(party),
                      {
                          {"party", party_}
        })
                      .code,
                  "");
    };
    change(owner.name);
    EXPECT_TRUE(from_reader());
    change("另一人");
    EXPECT_TRUE(from_reader()) << "that name was read too, minutes ago";
    clock_.advance(CardsRead::kept_for);
    change(owner.name);
    EXPECT_FALSE(from_reader()) << "the evidence was for the other name";
}

TEST_P(CollectAtWindowTest, ASignatureNobodyCouldLookAtIsNotCalledInvalid)
{
    open_sitting();
    add_owner();
    const std::map<std::string, std::string> path{
        {"party", party_}
    };
    EXPECT_EQ(sit(&CollectAtWindow::record_signature, "GIF", path).code, "collections.signature_invalid");
    imaging_.busy = true;
    const Answer busy = sit(&CollectAtWindow::record_signature, "PNG mine", path);
    EXPECT_EQ(busy.code, "base.unavailable");
    EXPECT_EQ(busy.status, 503);
    imaging_.busy = false;
    // Whose sitting it is comes before what was drawn.
    clerk_ = staff("w9", "他人", 370203, {Duty::collector});
    EXPECT_NE(sit(&CollectAtWindow::record_signature, "GIF", path).code, "collections.signature_invalid");
}

TEST(CardsRead, OneWindowThatReadsAgainAndAgainKeepsOnePlace)
{
    CardsRead cards;
    cards.note("w2", "theirs", "长期", 0);
    for (std::size_t i = 0; i < CardsRead::cards_max; ++i) cards.note("w1", "mine", "长期", 1);
    EXPECT_TRUE(cards.holds("w2", "theirs", 1));
    EXPECT_TRUE(cards.holds("w1", "mine", CardsRead::kept_for)) << "counted from the last time it was read";
}

TEST(CardsRead, AreOfOneAccountAndForgotten)
{
    CardsRead cards;
    cards.note("w1", "d", "长期", 0);
    EXPECT_TRUE(cards.holds("w1", "d", CardsRead::kept_for - 1));
    EXPECT_FALSE(cards.holds("w2", "d", 0));
    EXPECT_FALSE(cards.holds("w1", "d", CardsRead::kept_for));
    cards.note("w1", "first", "长期", 0);
    for (std::size_t i = 0; i < CardsRead::cards_max; ++i) cards.note("w1", std::to_string(i), "长期", 0);
    EXPECT_FALSE(cards.holds("w1", "first", 0)) << "bounded";
    EXPECT_TRUE(cards.holds("w1", "0", 0));
}

}  // namespace
}  // namespace tongban
