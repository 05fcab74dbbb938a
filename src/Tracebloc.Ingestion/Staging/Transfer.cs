namespace Tracebloc.Ingestion.Staging;

/// <summary>One attempt to send all files, over as many connections as are worth it.</summary>
internal sealed class Transfer(
    StagingOptions options,
    IStagingSource source,
    Func<CancellationToken, Task<StagingStreams>> connect,
    SentCount count,
    TimeProvider time)
{
    private readonly Guid _session = Guid.NewGuid();
    private readonly FileHash[] _hashes = new FileHash[source.Files.Count];

    private int _kept;
    private long _sent;

    public async Task<StagingResult> RunAsync(CancellationToken token)
    {
        await using var first = await OpenAsync(token);
        var held = await first.OfferAsync(Hello(StagingRole.Whole, source.Files.Count), source.Files, token);
        var answer = await first.SendAsync(current => SendAllAsync(first, held, current), token);
        Require(source.Files, _hashes, answer);
        return new StagingResult(answer.Files, answer.Bytes, _kept, _sent, answer.Digest);
    }

    private async Task SendAllAsync(SendStream first, IReadOnlyList<HeldFile> held, CancellationToken token)
    {
        var items = await KeepAsync(first, held, token);
        var shares = SendShares.Of(items, options.Streams);
        using var stop = new CancellationTokenSource();
        await using var link = token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stop);
        Task[] streams =
        [
            .. shares.Skip(1).Select(share => GuardAsync(current => SendShareAsync(share, current), stop, stop.Token)),
            GuardAsync(current => SendAsync(first, shares[0], item => item.Index, current), stop, stop.Token),
        ];
        await Task.WhenAll(streams);
        token.ThrowIfCancellationRequested();
    }

    /// <summary>Runs one of the streams; where it fails the others end.</summary>
    private static async Task GuardAsync(
        Func<CancellationToken, Task> send, CancellationTokenSource stop, CancellationToken token)
    {
        try
        {
            await send(token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Another stream has failed, or the caller has cancelled.
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    /// <summary>Confirms the files that are there already.</summary>
    /// <returns>The others.</returns>
    private async Task<IReadOnlyList<SendItem>> KeepAsync(
        SendStream first, IReadOnlyList<HeldFile> held, CancellationToken token)
    {
        var there = new Dictionary<int, HeldFile>(held.Count);
        foreach (var file in held) there[file.Index] = file;
        List<int> kept = [];
        List<SendItem> items = [];
        for (var index = 0; index < source.Files.Count; index++)
        {
            HeldFile? part = there.TryGetValue(index, out var earlier) && !earlier.IsWhole ? earlier : null;
            if (earlier.IsWhole && await IsSameAsync(first, earlier, token)) kept.Add(index);
            else items.Add(new SendItem(index, source.Files[index].Size, part));
        }

        await first.Files.KeepAsync(kept, token);
        _kept = kept.Count;
        count.Add(kept.Sum(index => source.Files[index].Size), kept.Count);
        return items;
    }

    private async Task<bool> IsSameAsync(SendStream first, HeldFile held, CancellationToken token) =>
        source.Files[held.Index].Size == held.Length
        && (_hashes[held.Index] = await first.Files.HashAsync(source, held.Index, token)) == held.Hash;

    private async Task SendShareAsync(IReadOnlyList<SendItem> share, CancellationToken token)
    {
        await using var stream = await OpenAsync(token);
        IReadOnlyList<StagedFile> files = [.. share.Select(item => source.Files[item.Index])];
        await stream.OfferAsync(Hello(StagingRole.Share, share.Count), files, token);
        var name = 0;
        var answer = await stream.SendAsync(current => SendAsync(stream, share, _ => name++, current), token);
        Require(files, [.. share.Select(item => _hashes[item.Index])], answer);
    }

    private async Task SendAsync(
        SendStream stream, IReadOnlyList<SendItem> share, Func<SendItem, int> name, CancellationToken token)
    {
        foreach (var item in share)
        {
            var (hash, start) = await stream.Files.SendAsync(source, item, name(item), token);
            _hashes[item.Index] = hash;
            count.Add(start, 0);
            Interlocked.Add(ref _sent, item.Size - start);
        }
    }

    private Task<SendStream> OpenAsync(CancellationToken token) =>
        SendStream.OpenAsync(connect, options, count, time, token);

    private NearHello Hello(StagingRole role, int files) =>
        new(options.Version, _session, role, options.Folder, files);

    private static void Require(
        IReadOnlyList<StagedFile> files, IReadOnlyList<FileHash> hashes, StagingAnswer answer)
    {
        var digest = FilesDigest.Of(files, hashes);
        if (answer.Files != files.Count || answer.Digest != digest)
            throw new StagingException(
                StagingFailure.Damaged,
                $"Transfer failed: the far side has {answer.Files} files with digest {answer.Digest}, and "
                + $"{files.Count} files with digest {digest} were sent; start again");
    }
}
