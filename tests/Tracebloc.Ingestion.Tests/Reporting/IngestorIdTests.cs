using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Reporting;

namespace Tracebloc.Ingestion.Tests.Reporting;

public sealed class IngestorIdTests
{
    // By another program: SHA-256 of the namespace, the key, a line end and the table.
    [Theory]
    [InlineData("run-key-1", "houses", "cf65d34d-c426-84f8-bb84-31b2ae750dc9")]
    [InlineData("run-key-2", "houses", "7a03909d-5dd2-80b7-a0c5-c17d488fc9b2")]
    [InlineData("run-key-1", "other", "8c095438-b968-89c6-a299-4b32f0f74a90")]
    [InlineData("houses-1", "houses_train", "5e715dbf-bf58-8f19-a6da-3909ecf0e400")]
    public void The_id_of_a_run_never_changes(string key, string table, string id) =>
        Assert.Equal(id, IngestorId.Of(key, table));

    [Fact]
    public void An_id_is_a_uuid_of_version_8_in_lower_case() => Check.QuickThrowOnFailure(
        Prop.ForAll(Names(), Names(), (key, table) =>
            Guid.TryParseExact(IngestorId.Of(key, table), "D", out var id)
            && (id.Version, id.Variant & 0xc) == (8, 0x8)
            && IngestorId.Of(key, table) == id.ToString()));

    [Fact]
    public void Another_key_or_table_has_another_id() => Check.QuickThrowOnFailure(
        Prop.ForAll(Arb.From(Names().Generator.Four()), names =>
            (names.Item1, names.Item2) == (names.Item3, names.Item4)
            || IngestorId.Of(names.Item1, names.Item2) != IngestorId.Of(names.Item3, names.Item4)));

    [Fact]
    public void A_letter_that_moves_from_the_key_to_the_table_makes_another_id() =>
        Assert.NotEqual(IngestorId.Of("a", "bc"), IngestorId.Of("ab", "c"));

    private static Arbitrary<string> Names() => Arb.From(
        Gen.Elements("abAB01_".ToCharArray()).NonEmptyListOf().Select(letters => string.Concat(letters.Take(64))));
}
