using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>A transfer by the connection that offers all of its files. The lock is held.</summary>
internal sealed class WholeTransfer(
    StagingLink link, StagingPlace place, WorkFolder work, ReceiverOptions options) : IDisposable
{
    // Folders, lists, and the rounding of the file system.
    private const long Reserve = 16 << 20, PerFile = 4096;

    private readonly StagedTree _tree = StagedTree.Open(place);

    public async Task<StagingAnswer> RunAsync(NearHello hello, CancellationToken token)
    {
        var files = await Offers.ReadAsync(link, hello, token);
        using var held = new HeldFiles(_tree, work);
        using var receiving = new FileReceiving(link, files, held, _tree, work, options);
        try
        {
            var there = held.Find(files, token);
            RequireSpace(files, there);
            await StagingMessages.ReadyAsync(link.Writer, there, token);
            await receiving.ReceiveAsync(token);
            return await EndAsync(files, held, receiving, token);
        }
        catch
        {
            work.TryWriteList(held.Records.Concat(receiving.Records));
            throw;
        }
    }

    private async Task<StagingAnswer> EndAsync(
        IReadOnlyList<StagedFile> files, HeldFiles held, FileReceiving receiving, CancellationToken token)
    {
        var listed = work.ReadLists();
        Dictionary<string, StagedRecord> records = new(files.Count, StringComparer.Ordinal);
        var answer = TransferEnd.Answer(files, file =>
        {
            var record = receiving.Records.TryGetValue(file.Path, out var own) ? own : held.Listed(file, listed);
            if (record is { } found) records[file.Path] = found;
            return record;
        });
        work.RequireOwn();
        _tree.RemoveOthers(records.Keys.ToHashSet(StringComparer.Ordinal));
        work.WriteList(records, isOnDisk: receiving.Files == 0 && held.IsOnDisk);
        work.Clear();
        await TransferEnd.ConfirmAsync(link, answer, token);
        return answer;
    }

    private void RequireSpace(IReadOnlyList<StagedFile> files, IReadOnlyList<HeldFile> there)
    {
        var missing = files.Sum(file => file.Size) - there.Sum(file => file.Length);
        var needed = missing + (files.Count - there.Count) * PerFile + Reserve;
        var free = options.Free(place.Volume);
        if (missing > 0 && free < needed)
            throw new StagingException(
                StagingFailure.NoSpace,
                $"Volume has {free:N0} bytes free, and {needed:N0} are needed: free space on it, or enlarge it");
    }

    public void Dispose() => _tree.Dispose();
}
