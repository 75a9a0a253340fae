#include "modules/journal/core/merkle.h"

#include <bit>

#include "base/result.h"
#include "base/trust.h"

namespace tongban::merkle {
namespace {

// The largest power of two smaller than n; n >= 2.
std::uint64_t split_of(std::uint64_t n)
{
    return std::bit_floor(n - 1);
}

// MTH(D[begin:end]). `begin` is a multiple of every power of two that the range is split at.
Hash range_hash(std::uint64_t begin, std::uint64_t end, const NodeReader& node)
{
    const std::uint64_t n = end - begin;
    if (std::has_single_bit(n)) {
        const int level = std::countr_zero(n);
        return node(level, begin >> level);
    }
    const std::uint64_t k = split_of(n);
    const Hash left = range_hash(begin, begin + k, node);
    return node_hash(left, range_hash(begin + k, end, node));
}

// PATH(m, D[begin:end])
void path(std::uint64_t m, std::uint64_t begin, std::uint64_t end, const NodeReader& node, Proof& proof)
{
    const std::uint64_t n = end - begin;
    if (n == 1) return;
    const std::uint64_t k = split_of(n);
    if (m < k) {
        path(m, begin, begin + k, node, proof);
        proof.push_back(range_hash(begin + k, end, node));
    } else {
        path(m - k, begin + k, end, node, proof);
        proof.push_back(range_hash(begin, begin + k, node));
    }
}

// SUBPROOF(m, D[begin:end], b)
void subproof(std::uint64_t m, std::uint64_t begin, std::uint64_t end, bool is_known, const NodeReader& node,
              Proof& proof)
{
    const std::uint64_t n = end - begin;
    if (m == n) {
        if (!is_known) proof.push_back(range_hash(begin, end, node));
        return;
    }
    const std::uint64_t k = split_of(n);
    if (m <= k) {
        subproof(m, begin, begin + k, is_known, node, proof);
        proof.push_back(range_hash(begin + k, end, node));
    } else {
        subproof(m - k, begin + k, end, false, node, proof);
        proof.push_back(range_hash(begin, begin + k, node));
    }
}

}  // namespace

Hash leaf_hash(std::string_view data)
{
    std::string bytes(1, '\x00');
    bytes += data;
    return sm3_bytes(bytes);
}

Hash node_hash(std::string_view left, std::string_view right)
{
    std::string bytes(1, '\x01');
    bytes.reserve(1 + left.size() + right.size());
    bytes += left;
    bytes += right;
    return sm3_bytes(bytes);
}

Hash empty_root()
{
    return sm3_bytes({});
}

Hash root(std::uint64_t size, const NodeReader& node)
{
    return size == 0 ? empty_root() : range_hash(0, size, node);
}

Proof inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& node)
{
    TONGBAN_ASSERT(index < size);
    Proof proof;
    path(index, 0, size, node, proof);
    return proof;
}

Proof consistency_proof(std::uint64_t from, std::uint64_t size, const NodeReader& node)
{
    TONGBAN_ASSERT(from <= size);
    Proof proof;
    if (from > 0 && from < size) subproof(from, 0, size, true, node, proof);
    return proof;
}

bool proves_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof, const Hash& root)
{
    if (index >= size || proof.size() > proof_hashes_max) return false;
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    Hash r = leaf;
    for (const Hash& p : proof) {
        if (sn == 0 || p.size() != hash_bytes) return false;
        if ((fn & 1) == 1 || fn == sn) {
            r = node_hash(p, r);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            r = node_hash(r, p);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && r == root;
}

bool proves_consistency(std::uint64_t from, const Hash& from_root, std::uint64_t size, const Hash& root,
                        const Proof& proof)
{
    if (from > size || proof.size() > proof_hashes_max) return false;
    if (from == size) return proof.empty() && from_root == root;
    if (from == 0) return proof.empty() && from_root == empty_root();
    Proof steps = proof;
    if (std::has_single_bit(from)) steps.insert(steps.begin(), from_root);
    if (steps.empty()) return false;
    std::uint64_t fn = from - 1;
    std::uint64_t sn = size - 1;
    while ((fn & 1) == 1) {
        fn >>= 1;
        sn >>= 1;
    }
    Hash fr = steps.front();
    Hash sr = steps.front();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Hash& c = steps[i];
        if (c.size() != hash_bytes) return false;
        if (i == 0) continue;
        if (sn == 0) return false;
        if ((fn & 1) == 1 || fn == sn) {
            fr = node_hash(c, fr);
            sr = node_hash(c, sr);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = node_hash(sr, c);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && fr == from_root && sr == root;
}

std::optional<Edge> Edge::of(std::uint64_t size, std::vector<Hash> hashes)
{
    if (hashes.size() != static_cast<std::size_t>(std::popcount(size))) return std::nullopt;
    for (const Hash& hash : hashes)
        if (hash.size() != hash_bytes) return std::nullopt;
    Edge edge;
    edge.size_ = size;
    edge.hashes_ = std::move(hashes);
    return edge;
}

void Edge::append(Hash leaf)
{
    for (std::uint64_t n = size_; (n & 1) == 1; n >>= 1) {
        leaf = node_hash(hashes_.back(), leaf);
        hashes_.pop_back();
    }
    hashes_.push_back(std::move(leaf));
    ++size_;
}

Hash Edge::root() const
{
    if (hashes_.empty()) return empty_root();
    Hash r = hashes_.back();
    for (std::size_t i = hashes_.size() - 1; i-- > 0;) r = node_hash(hashes_[i], r);
    return r;
}

}  // namespace tongban::merkle
