// Proofs against a tree computed straight from the definition, for every size up to a bound, and against random damage.
#include "modules/journal/core/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/bytes.h"
#include "modules/journal/core/log_tiles.h"

namespace tongban::merkle {
namespace {

std::vector<Hash> leaves_of(std::uint64_t count)
{
    std::vector<Hash> leaves;
    for (std::uint64_t i = 0; i < count; ++i) leaves.push_back(leaf_hash("event " + std::to_string(i)));
    return leaves;
}

// MTH of RFC 9162 2.1.1, word for word.
Hash definition(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end)
{
    if (begin == end) return empty_root();
    if (end - begin == 1) return leaves[begin];
    std::size_t k = 1;
    while (k * 2 < end - begin) k *= 2;
    return node_hash(definition(leaves, begin, begin + k), definition(leaves, begin + k, end));
}

NodeReader reader_of(const std::vector<Hash>& leaves)
{
    return
        [&leaves](int level, std::uint64_t index) { return definition(leaves, index << level, (index + 1) << level); };
}

constexpr std::uint64_t sizes_max = 40;

TEST(Merkle, KnownRoots)
{
    // SM3 of nothing and of 0x00, from the standard's reference implementation.
    EXPECT_EQ(hex_of(empty_root()), "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
    EXPECT_EQ(hex_of(leaf_hash("")), "2daef60e7a0b8f5e024c81cd2ab3109f2b4f155cf83adeb2ae5532f74a157fdf");
}

TEST(Merkle, RootAndEdgeFollowTheDefinition)
{
    const std::vector<Hash> leaves = leaves_of(sizes_max);
    Edge edge;
    for (std::uint64_t size = 0; size <= sizes_max; ++size) {
        EXPECT_EQ(root(size, reader_of(leaves)), definition(leaves, 0, size)) << size;
        EXPECT_EQ(edge.root(), definition(leaves, 0, size)) << size;
        const auto again = Edge::of(size, edge.hashes());
        ASSERT_TRUE(again.has_value());
        EXPECT_EQ(again->root(), edge.root());
        EXPECT_FALSE(Edge::of(size + 1, edge.hashes()) && size % 2 == 0);
        if (size < sizes_max) edge.append(leaves[size]);
    }
}

TEST(Merkle, EveryInclusionIsProvenAndNoOther)
{
    const std::vector<Hash> leaves = leaves_of(sizes_max);
    for (std::uint64_t size = 1; size <= sizes_max; ++size) {
        const Hash top = definition(leaves, 0, size);
        for (std::uint64_t index = 0; index < size; ++index) {
            const Proof proof = inclusion_proof(index, size, reader_of(leaves));
            EXPECT_TRUE(proves_inclusion(leaves[index], index, size, proof, top)) << index << " of " << size;
            for (std::uint64_t other = 0; other < size; ++other) {
                if (other == index) continue;
                EXPECT_FALSE(proves_inclusion(leaves[other], index, size, proof, top));
                EXPECT_FALSE(proves_inclusion(leaves[index], other, size, proof, top)) << index << other << size;
            }
            EXPECT_FALSE(proves_inclusion(leaves[index], size, size, proof, top));
            Proof longer = proof;
            longer.push_back(top);
            EXPECT_FALSE(proves_inclusion(leaves[index], index, size, longer, top));
            if (!proof.empty()) {
                Proof shorter = proof;
                shorter.pop_back();
                EXPECT_FALSE(proves_inclusion(leaves[index], index, size, shorter, top));
            }
        }
    }
}

TEST(Merkle, EveryConsistencyIsProvenAndNoOther)
{
    const std::vector<Hash> leaves = leaves_of(sizes_max);
    std::vector<Hash> other_past = leaves;
    other_past[0] = leaf_hash("another first event");
    for (std::uint64_t size = 0; size <= sizes_max; ++size) {
        const Hash top = definition(leaves, 0, size);
        for (std::uint64_t from = 0; from <= size; ++from) {
            const Proof proof = consistency_proof(from, size, reader_of(leaves));
            const Hash before = definition(leaves, 0, from);
            EXPECT_TRUE(proves_consistency(from, before, size, top, proof)) << from << " to " << size;
            if (from == 0) continue;
            EXPECT_FALSE(proves_consistency(from, definition(other_past, 0, from), size, top, proof));
            EXPECT_FALSE(proves_consistency(from, before, size, definition(other_past, 0, size), proof));
            EXPECT_FALSE(proves_consistency(size + 1, before, size, top, proof));
            for (std::size_t i = 0; i < proof.size(); ++i) {
                Proof damaged = proof;
                damaged[i][7] = static_cast<char>(damaged[i][7] ^ 1);
                EXPECT_FALSE(proves_consistency(from, before, size, top, damaged));
                damaged = proof;
                damaged.erase(damaged.begin() + static_cast<std::ptrdiff_t>(i));
                EXPECT_FALSE(proves_consistency(from, before, size, top, damaged));
            }
        }
    }
}

RC_GTEST_PROP(Merkle, TilesGiveWhatTheDefinitionGives, ())
{
    const auto total = *rc::gen::inRange<std::uint64_t>(1, 1400);
    const std::vector<Hash> leaves = leaves_of(total);
    std::map<TileName, std::string> store;
    const TileSource source = [&](TileName name) { return store[name]; };
    Edge edge;
    for (std::uint64_t size = 0; size < total;) {
        const std::uint64_t step = std::min<std::uint64_t>(total - size, *rc::gen::inRange<std::uint64_t>(1, 600));
        const std::span<const Hash> added(leaves.data() + size, step);
        for (auto& [name, tile] : grown_tiles(size, added, source)) store[name] = tile;
        for (const Hash& leaf : added) edge.append(leaf);
        size += step;
        RC_ASSERT(root(size, node_reader(source)) == edge.root());
    }
    const auto index = *rc::gen::inRange<std::uint64_t>(0, total);
    const auto from = *rc::gen::inRange<std::uint64_t>(0, total + 1);
    const Proof proof = inclusion_proof(index, total, node_reader(source));
    RC_ASSERT(proves_inclusion(leaves[index], index, total, proof, edge.root()));
    const Proof consistency = consistency_proof(from, total, node_reader(source));
    RC_ASSERT(proves_consistency(from, root(from, node_reader(source)), total, edge.root(), consistency));
    if (!proof.empty()) {
        Proof damaged = proof;
        const auto at = *rc::gen::inRange<std::size_t>(0, damaged.size());
        const auto byte = *rc::gen::inRange<std::size_t>(0, hash_bytes);
        damaged[at][byte] = static_cast<char>(damaged[at][byte] ^ (1 << *rc::gen::inRange(0, 8)));
        RC_ASSERT(!proves_inclusion(leaves[index], index, total, damaged, edge.root()));
    }
}

}  // namespace
}  // namespace tongban::merkle
