using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Sigstore;

/// <summary>
/// A transparency log made in process: Rekor, which promises and proves, or Rekor v2, which proves alone. Its tree is
/// built as RFC 6962 defines it, by recursion, and not as the verifier walks it.
/// </summary>
public sealed class TestLog : IDisposable
{
    private const string Host = "rekor.example";
    private const int Size = 7;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly EdwardsKey _edwards = new(RandomNumberGenerator.GetBytes(32));

    /// <summary>True when it is Rekor v2: Ed25519, one index, no promise.</summary>
    public bool IsVersion2 { get; init; }

    public byte[] PublicKey => IsVersion2 ? _edwards.Encoded : _key.ExportSubjectPublicKeyInfo();

    public byte[] Id => IsVersion2
        ? SHA256.HashData([.. Encoding.UTF8.GetBytes(Host), (byte)'\n', 1, .. _edwards.PublicKey])
        : SHA256.HashData(PublicKey);

    private string Origin => IsVersion2 ? Host : $"{Host} - 1193050959916656506";

    /// <summary>Takes an entry in, as number 3 of 7.</summary>
    public JsonObject Add(JsonObject body, DateTimeOffset at)
    {
        var (bytes, index) = (Encoding.UTF8.GetBytes(body.ToJsonString()), 3);
        var leaves = Enumerable.Range(0, Size).Select(i => i == index ? bytes : BitConverter.GetBytes(i)).ToArray();
        var root = RootOf(leaves);
        var entry = new JsonObject
        {
            ["logIndex"] = IsVersion2 ? "3" : "1003",
            ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(Id) },
            ["kindVersion"] = new JsonObject
            {
                ["kind"] = body["kind"]?.DeepClone(),
                ["version"] = body["apiVersion"]?.DeepClone(),
            },
            ["inclusionProof"] = new JsonObject
            {
                ["logIndex"] = "3",
                ["rootHash"] = Convert.ToBase64String(root),
                ["treeSize"] = $"{Size}",
                ["hashes"] = new JsonArray([.. PathOf(leaves, index).Select(hash => Convert.ToBase64String(hash))]),
                ["checkpoint"] = new JsonObject { ["envelope"] = Checkpoint(root) },
            },
            ["canonicalizedBody"] = Convert.ToBase64String(bytes),
        };
        return IsVersion2 ? entry : Promise(entry, bytes, at.ToUnixTimeSeconds());
    }

    public byte[] Sign(string text) => Sign(Encoding.UTF8.GetBytes(text));

    public byte[] Sign(byte[] bytes) => IsVersion2
        ? _edwards.Sign(bytes)
        : _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();

    private JsonObject Promise(JsonObject entry, byte[] body, long time)
    {
        var signed = Sign($"{{\"body\":\"{Convert.ToBase64String(body)}\",\"integratedTime\":{time},"
            + $"\"logID\":\"{Convert.ToHexStringLower(Id)}\",\"logIndex\":1003}}");
        entry["integratedTime"] = $"{time}";
        entry["inclusionPromise"] = new JsonObject { ["signedEntryTimestamp"] = Convert.ToBase64String(signed) };
        return entry;
    }

    private string Checkpoint(byte[] root)
    {
        var text = $"{Origin}\n{Size}\n{Convert.ToBase64String(root)}\n";
        var signature = Convert.ToBase64String([.. Id[..4], .. Sign(text)]);
        return $"{text}\n\u2014 {Host} {signature}\n";
    }

    private static byte[] RootOf(byte[][] leaves)
    {
        if (leaves is [var only])
            return SHA256.HashData([0, .. only]);
        var split = SplitOf(leaves);
        return SHA256.HashData([1, .. RootOf(leaves[..split]), .. RootOf(leaves[split..])]);
    }

    private static List<byte[]> PathOf(byte[][] leaves, int index)
    {
        if (leaves.Length == 1)
            return [];
        var split = SplitOf(leaves);
        return index < split
            ? [.. PathOf(leaves[..split], index), RootOf(leaves[split..])]
            : [.. PathOf(leaves[split..], index - split), RootOf(leaves[..split])];
    }

    private static int SplitOf(byte[][] leaves)
    {
        var split = 1;
        while (split * 2 < leaves.Length)
            split *= 2;
        return split;
    }
}
