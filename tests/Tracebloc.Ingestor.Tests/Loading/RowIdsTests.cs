using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestor.Loading;

namespace Tracebloc.Ingestor.Tests.Loading;

public sealed class RowIdsTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    [Fact]
    public void An_id_is_the_same_in_every_attempt()
    {
        using var first = new RowIds("job-1", Salt);
        using var second = new RowIds("job-1", Salt);

        Assert.Equal(Uuid(first, 4711), Uuid(second, 4711));
    }

    // Computed by: k=$(python3 -c 'import hashlib; s=bytes(range(32)); print(hashlib.sha256(b"ingest.v1\0job-1\0"+s)
    // .hexdigest())'); printf %016x%016x 4711 0 | xxd -r -p | openssl enc -aes-256-ecb -nopad -K $k | xxd -p, then
    // version 8 and variant.
    [Fact]
    public void An_id_is_the_encrypted_position() =>
        Assert.Equal(Expected, Uuid(new RowIds("job-1", Salt), 4711));

    [Fact]
    public void Ids_are_UUIDs_of_version_8() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<NonEmptyString>(), (position, key) =>
        {
            using var ids = new RowIds(key.Get, Salt);
            var id = Guid.Parse(Uuid(ids, position.Get));
            return id.Version == 8 && (id.Variant & 0xC) == 0x8;
        }));

    [Fact]
    public void Ids_differ_by_position_run_and_table()
    {
        string[] ids =
        [
            Uuid(new RowIds("a", Salt), 1), Uuid(new RowIds("a", Salt), 2), Uuid(new RowIds("b", Salt), 1),
            Uuid(new RowIds("a", new byte[32]), 1),
        ];

        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public void A_content_hash_depends_on_values_their_borders_NULL_and_salt()
    {
        string[] hashes =
        [
            Hash(Salt, "ab", "c"), Hash(Salt, "a", "bc"), Hash(Salt, "abc"), Hash(Salt, "abc", null),
            Hash(Salt, "abc", ""), Hash(new byte[32], "ab", "c"),
        ];

        Assert.Equal(6, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Hash(Salt, "ab", "c"));
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }

    private const string Expected = "9f80bc09-e1b6-85f2-a5e8-7dd0dea28264";

    private static string Uuid(RowIds ids, long position) => Encoding.ASCII.GetString(ids.Uuid(position));

    private static string Hash(byte[] salt, params string?[] values)
    {
        using var ids = new RowIds("job", salt);
        foreach (var value in values)
            ids.Add(Encoding.UTF8.GetBytes(value ?? ""), isNull: value is null);
        return Encoding.ASCII.GetString(ids.ContentHash());
    }
}
