#pragma once
// The tree over a registry's journal (RFC 9162 section 2.1 with SM3): leaf hash SM3(0x00 | data), node hash
// SM3(0x01 | left | right), root of the empty tree SM3(""). Pure; a hash is 32 raw bytes.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongban::merkle {

using Hash = std::string;
using Proof = std::vector<Hash>;

inline constexpr std::size_t hash_bytes = 32;
inline constexpr std::size_t proof_hashes_max = 64;

Hash leaf_hash(std::string_view data);
Hash node_hash(std::string_view left, std::string_view right);
Hash empty_root();

// The hash of the perfect subtree over leaves [index << level, (index + 1) << level).
using NodeReader = std::function<Hash(int level, std::uint64_t index)>;

// The root of the first `size` leaves. Reads at most 64 nodes.
Hash root(std::uint64_t size, const NodeReader& node);
// That leaf `index` is in the tree of `size` leaves; index < size.
Proof inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& node);
// That the tree of `from` leaves is the beginning of the tree of `size` leaves; from <= size. Empty for from 0 and
// size.
Proof consistency_proof(std::uint64_t from, std::uint64_t size, const NodeReader& node);

// RFC 9162 2.1.3.2 and 2.1.4.2. A proof longer or shorter than it must be proves nothing.
bool proves_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof, const Hash& root);
bool proves_consistency(std::uint64_t from, const Hash& from_root, std::uint64_t size, const Hash& root,
                        const Proof& proof);

// The right edge of a growing tree: all that a follower must remember to know the next root.
class Edge {
public:
    Edge() = default;
    // As hashes() gave them, largest subtree first; nothing when their number does not fit the size.
    static std::optional<Edge> of(std::uint64_t size, std::vector<Hash> hashes);
    void append(Hash leaf);
    std::uint64_t size() const { return size_; }
    const std::vector<Hash>& hashes() const { return hashes_; }
    Hash root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> hashes_;
};

}  // namespace tongban::merkle
