using System.Security.Cryptography;

namespace Tracebloc.Signatures;

/// <summary>The hash tree of a log (RFC 6962 section 2.1).</summary>
internal static class MerkleTree
{
    private const byte Leaf = 0, Node = 1;

    /// <summary>
    /// The root that an entry and its siblings lead to (RFC 9162 section 2.1.3.2); null when they cannot belong to a
    /// tree of that size.
    /// </summary>
    public static byte[]? RootOf(ReadOnlySpan<byte> entry, InclusionProof proof)
    {
        if (proof.LogIndex < 0 || proof.LogIndex >= proof.TreeSize)
            return null;
        var (index, last) = (proof.LogIndex, proof.TreeSize - 1);
        var hash = SHA256.HashData([Leaf, .. entry]);
        foreach (var sibling in proof.Hashes)
        {
            if (last == 0 || sibling.Length != SHA256.HashSizeInBytes)
                return null;
            if ((index & 1) == 0 && index != last)
                hash = SHA256.HashData([Node, .. hash, .. sibling]);
            else
            {
                hash = SHA256.HashData([Node, .. sibling, .. hash]);
                // The last node of a level without a sibling goes up unchanged.
                while ((index & 1) == 0 && index != 0)
                    (index, last) = (index >> 1, last >> 1);
            }
            (index, last) = (index >> 1, last >> 1);
        }
        return last == 0 ? hash : null;
    }
}
