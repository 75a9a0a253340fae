#pragma once
// The tree in pieces (C2SP tlog-tiles): tile t of tile level L holds, one behind the other, up to 256 hashes of tree
// level 8·L, beginning with index 256·t. What is full never changes again.

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "modules/journal/core/merkle.h"

namespace tongban {

inline constexpr std::uint64_t tile_width = 256;
inline constexpr int tile_height = 8;
inline constexpr int tile_level_max = 7;  // 2^64 events

struct TileName {
    int level = 0;
    std::uint64_t index = 0;
    bool operator<(const TileName& other) const
    {
        return level != other.level ? level < other.level : index < other.index;
    }
};

// The raw hashes of a tile; empty when there is none. Asked once for each tile of a reader.
using TileSource = std::function<std::string(TileName)>;
// Throws BrokenInvariant when a hash it needs is not there. Keeps what it read.
merkle::NodeReader node_reader(TileSource tiles);

// Adds leaf hashes to the log of `size` leaves. Gives the tiles that changed, each whole.
std::map<TileName, std::string> grown_tiles(std::uint64_t size, std::span<const merkle::Hash> leaves,
                                            const TileSource& tiles);

}  // namespace tongban
