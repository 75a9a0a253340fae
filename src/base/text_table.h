#pragma once
// Enum values and their stable words, as a table. The words are written to the database and sent over the wire.
//
//     constexpr TextTable<Colour, 2> colours{{{ {Colour::red, "red"}, {Colour::blue, "blue"} }}};
//     colours.text(Colour::red)   "red"
//     colours.find("blue")        pointer to Colour::blue, nullptr for a word that is not in the table

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban {

template <class Enum, std::size_t size>
struct TextTable {
    struct Row {
        Enum key;
        std::string_view word;
    };
    std::array<Row, size> rows;

    // A value that is not in the table is our own mistake.
    constexpr std::string_view text(Enum key) const
    {
        for (const Row& row : rows) {
            if (row.key == key) return row.word;
        }
        throw BrokenInvariant("an enum value has no word in its text table");
    }

    constexpr const Enum* find(std::string_view word) const
    {
        for (const Row& row : rows) {
            if (row.word == word) return &row.key;
        }
        return nullptr;
    }

    constexpr std::array<Enum, size> keys() const
    {
        std::array<Enum, size> all{};
        for (std::size_t i = 0; i < size; ++i) all[i] = rows[i].key;
        return all;
    }
};

}  // namespace tongban
