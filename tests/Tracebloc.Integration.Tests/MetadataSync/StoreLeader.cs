using Tracebloc.MetadataSync.Store;
using Tracebloc.MetadataSync.Tests;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The writers of one term.</summary>
internal sealed record StoreLeader(Term Term, SyncErrors Errors, RowWriter Writer, RowDeleter Deleter)
{
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        CancellationToken token, params IEnumerable<SomeObject> objects) =>
        await WriteAsync(WriteMode.Newer, token, objects);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        WriteMode mode, CancellationToken token, params IEnumerable<SomeObject> objects) =>
        [.. (await Writer.WriteAsync([.. objects.Select(each => new RowWrite(each.Read()))], mode, token))
            .Select(result => result.Outcome)];

    public async Task<WriteOutcome> EvictAsync(
        SomeObject evicted, CancellationToken token, WriteMode mode = WriteMode.Newer) =>
        (await Writer.WriteAsync([new RowWrite(evicted.Read(), Evicts: true)], mode, token))[0].Outcome;

    public Task<long> DeleteAsync(CancellationToken token, params RowDeletion[] deletions) =>
        Deleter.DeleteAsync(deletions, token);
}
