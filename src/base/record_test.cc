#include "base/record.h"

#include <gtest/gtest.h>

namespace tongban {
namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Room {
    std::string name;
    std::optional<Colour> colour;
};
BOOST_DESCRIBE_STRUCT(Room, (), (name, colour))

struct House {
    std::int64_t area = 7;
    bool let = false;
    std::vector<Room> rooms;
};
BOOST_DESCRIBE_STRUCT(House, (), (area, let, rooms))

bool fits(std::string_view text, RecordForm form)
{
    House read{};
    return read_record(boost::json::parse(text), form, read);
}

TEST(Record, IsWrittenInTheOrderOfItsMembersAndReadAgain)
{
    const House house{
        120, true, {{"厅", Colour::green}, {"室", std::nullopt}}
    };
    const std::string text = record_text(house);
    EXPECT_EQ(text, R"({"area":120,"let":true,"rooms":[{"name":"厅","colour":"green"},{"name":"室","colour":null}]})");
    EXPECT_EQ(record_text(record_from_text<House>(text)), text);
}

TEST(Record, AMemberThatCameLaterKeepsItsDefault)
{
    const House read = record_from_text<House>(R"({"rooms":[{"name":"厅"}]})");
    EXPECT_EQ(read.area, 7);
    EXPECT_EQ(read.rooms.at(0).colour, std::nullopt);
}

TEST(Record, AMessageOfAnotherRegistryHasEveryMember)
{
    EXPECT_TRUE(fits(R"({"area":1,"let":false,"rooms":[]})", RecordForm::exact));
    EXPECT_FALSE(fits(R"({"area":1,"let":false})", RecordForm::exact));
    EXPECT_FALSE(fits(R"({"area":1,"let":false,"rooms":[{"name":"厅"}]})", RecordForm::exact));
}

TEST(Record, WhatDoesNotFitIsNeverGuessedAt)
{
    for (const char* text :
         {R"({"area":"1"})", R"({"area":1.5})", R"({"let":1})", R"({"rooms":{}})", R"([])", R"(null)",
          R"({"rooms":[{"colour":"blue"}]})", R"({"rooms":[{"colour":1}]})", R"({"garden":true})"}) {
        EXPECT_FALSE(fits(text, RecordForm::grown)) << text;
        EXPECT_THROW(record_from_text<House>(text), BrokenInvariant) << text;
    }
    EXPECT_THROW(record_from_text<House>("{"), BrokenInvariant);
}

}  // namespace
}  // namespace tongban
