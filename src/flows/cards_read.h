#pragma once
// Which cards an account's reader showed during the last minutes, so that "taken from the reader" is our word and not
// the client's. In memory: what is forgotten (a restart, another node) makes a number count as typed, which is the
// cautious side.

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tongban {

// Thread-safe. Holds keyed digests, no numbers.
class CardsRead {
public:
    static constexpr Millis kept_for = 15 * 60 * 1000;  // a family at one window, read one after another
    static constexpr std::size_t cards_max = 4096;      // of all accounts; the oldest goes first

    // `valid_until`: what the card says of itself.
    void note(std::string_view account, std::string digest, std::string valid_until, Millis now);
    // Its last day, when this account's reader showed the card.
    std::optional<std::string> validity(std::string_view account, std::string_view digest, Millis now);
    bool holds(std::string_view account, std::string_view digest, Millis now);

private:
    struct Card {
        std::string account;
        std::string digest;
        std::string valid_until;
        Millis at = 0;
    };
    void forget_old(Millis now);

    std::mutex mutex_;
    std::deque<Card> cards_;  // oldest first
};

}  // namespace tongban
