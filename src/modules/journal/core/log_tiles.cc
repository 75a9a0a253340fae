#include "modules/journal/core/log_tiles.h"

#include <memory>

#include "base/result.h"

namespace tongban {
namespace {

constexpr std::uint64_t tile_bytes = tile_width * merkle::hash_bytes;

// The root of `count` hashes, a power of two, that lie at `first` of a tile.
merkle::Hash folded(std::string_view tile, std::uint64_t first, std::uint64_t count)
{
    if (first + count > tile.size() / merkle::hash_bytes) throw BrokenInvariant("a hash of the log is missing");
    if (count == 1) return merkle::Hash(tile.substr(first * merkle::hash_bytes, merkle::hash_bytes));
    const merkle::Hash left = folded(tile, first, count / 2);
    return merkle::node_hash(left, folded(tile, first + count / 2, count / 2));
}

}  // namespace

merkle::NodeReader node_reader(TileSource tiles)
{
    auto known = std::make_shared<std::map<TileName, std::string>>();
    return [tiles = std::move(tiles), known](int level, std::uint64_t index) {
        const int above = level % tile_height;
        const std::uint64_t first = index << above;
        const TileName name{level / tile_height, first / tile_width};
        auto found = known->find(name);
        if (found == known->end()) found = known->emplace(name, tiles(name)).first;
        return folded(found->second, first % tile_width, std::uint64_t{1} << above);
    };
}

std::map<TileName, std::string> grown_tiles(std::uint64_t size, std::span<const merkle::Hash> leaves,
                                            const TileSource& tiles)
{
    std::map<TileName, std::string> grown;
    // Hashes to be added at one level become, where they fill tiles, hashes to be added at the next.
    std::vector<merkle::Hash> level_hashes(leaves.begin(), leaves.end());
    std::uint64_t have = size;
    for (int level = 0; !level_hashes.empty() && level <= tile_level_max; ++level) {
        std::vector<merkle::Hash> above;
        std::string* tile = nullptr;
        for (const merkle::Hash& hash : level_hashes) {
            if (tile == nullptr) {
                const TileName name{level, have / tile_width};
                tile = &grown[name];
                *tile = have % tile_width == 0 ? std::string{} : tiles(name);
                if (tile->size() != have % tile_width * merkle::hash_bytes)
                    throw BrokenInvariant("a tile of the log has another size than it should");
            }
            *tile += hash;
            ++have;
            if (tile->size() == tile_bytes) {
                above.push_back(folded(*tile, 0, tile_width));
                tile = nullptr;
            }
        }
        have = (size >> (tile_height * (level + 1)));
        level_hashes = std::move(above);
    }
    return grown;
}

}  // namespace tongban
