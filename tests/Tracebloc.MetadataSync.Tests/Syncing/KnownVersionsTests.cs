using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Syncing;

namespace Tracebloc.MetadataSync.Tests.Syncing;

/// <summary>The versions that are kept in memory.</summary>
public sealed class KnownVersionsTests
{
    private static readonly RowWrite Write = new(new SomeObject().Read());

    private readonly KnownVersions _known = new(new VersionMap());

    [Fact]
    public void A_live_row_of_the_same_version_needs_no_look() => Assert.True(
        new KnownVersions(new VersionMap { [Write.Object.Uid] = new(Write.Object.Version, RowState.Live) })
            .IsUnchanged(Write, WriteMode.Newer));

    [Fact]
    public void Without_a_row_the_database_decides() => Assert.False(_known.IsUnchanged(Write, WriteMode.Newer));

    [Theory]
    [InlineData(99)]
    [InlineData(101)]
    public void Another_version_is_the_databases_to_decide(ulong version)
    {
        _known.Learn(new WriteResult(Write, WriteOutcome.Written));

        Assert.True(_known.IsUnchanged(Write, WriteMode.Newer));
        Assert.False(_known.IsUnchanged(new RowWrite(new SomeObject { Version = version }.Read()), WriteMode.Newer));
    }

    [Fact]
    public void A_restored_cluster_and_an_eviction_are_the_databases_to_decide()
    {
        _known.Learn(new WriteResult(Write, WriteOutcome.Written));

        Assert.False(_known.IsUnchanged(Write, WriteMode.Restored));
        Assert.False(_known.IsUnchanged(Write with { Evicts = true }, WriteMode.Newer));
    }

    [Fact]
    public void Rows_that_are_evicted_deleted_rejected_or_newer_are_forgotten()
    {
        Action[] ends =
        [
            () => _known.Learn(new WriteResult(Write with { Evicts = true }, WriteOutcome.Written)),
            () => _known.Learn(new WriteResult(
                new RowWrite(new SomeObject { Version = 101, IsDeleting = true }.Read()), WriteOutcome.Written)),
            () => _known.Learn(new WriteResult(Write, WriteOutcome.Rejected)),
            () => _known.Learn(new WriteResult(Write, WriteOutcome.Older)),
            () => _known.Forget([Write.Object.Uid]),
        ];
        foreach (var end in ends)
        {
            _known.Learn(new WriteResult(Write, WriteOutcome.Written));
            Assert.True(_known.IsUnchanged(Write, WriteMode.Newer));
            end();
            Assert.False(_known.IsUnchanged(Write, WriteMode.Newer));
        }
    }
}
