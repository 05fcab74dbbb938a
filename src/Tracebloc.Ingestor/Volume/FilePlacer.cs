using System.Threading.Channels;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// Brings the files of a list into a run's hidden folder. Killed at any moment, the next attempt goes on: it
/// compares the copies that are there with their files.
/// </summary>
/// <param name="folder">The hidden folder.</param>
/// <param name="placed">Called after each file, by several threads.</param>
internal sealed class FilePlacer(RunFolder folder, Action<FilePlacer> placed)
{
    private const int Workers = 2, Queue = 64;

    private long _bytes;
    private long _files;

    /// <summary>The bytes that were copied; a moved file has none.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The files that are in their place.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>Moves and copies, several at a time.</summary>
    /// <exception cref="IngestorException">A file cannot be moved or copied.</exception>
    public async Task PlaceAsync(IEnumerable<PlacedFile> files, CancellationToken token)
    {
        using var stop = new CancellationTokenSource();
        await using var link = token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stop);
        var queue = Channel.CreateBounded<PlacedFile>(new BoundedChannelOptions(Queue) { SingleWriter = true });
        Func<CancellationToken, Task>[] parts =
        [
            current => FillAsync(files, queue.Writer, current),
            .. Enumerable.Repeat((CancellationToken current) => CopyAsync(queue.Reader, current), Workers),
        ];
        await Task.WhenAll(parts.Select(
            part => Task.Run(() => RunAsync(part, stop, stop.Token), CancellationToken.None)));
        token.ThrowIfCancellationRequested();
    }

    /// <summary>Runs one of the parts; where it fails the others end.</summary>
    private static async Task RunAsync(
        Func<CancellationToken, Task> part, CancellationTokenSource stop, CancellationToken token)
    {
        try
        {
            await part(token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Another part has failed, or the caller has cancelled.
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    // Moving waits for nothing but the folder, and so it is done here, by one thread.
    private async Task FillAsync(
        IEnumerable<PlacedFile> files, ChannelWriter<PlacedFile> queue, CancellationToken token)
    {
        using var mover = new FileMover(folder);
        foreach (var file in files)
        {
            token.ThrowIfCancellationRequested();
            if (file.IsStaged && Place(file, () => mover.TryMove(file))) Count();
            else await queue.WriteAsync(file, token);
        }

        queue.Complete();
    }

    private async Task CopyAsync(ChannelReader<PlacedFile> files, CancellationToken token)
    {
        using var copier = new FileCopier(folder);
        await foreach (var file in files.ReadAllAsync(token))
        {
            token.ThrowIfCancellationRequested();
            Interlocked.Add(ref _bytes, Place(file, () => copier.Copy(file)));
            Count();
        }
    }

    private void Count()
    {
        Interlocked.Increment(ref _files);
        placed(this);
    }

    private static T Place<T>(PlacedFile file, Func<T> place)
    {
        try
        {
            return place();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IngestorException(
                IngestorExit.Failed, $"File {file.Source} could not be placed as {file.Name}: {fault.Message}", fault);
        }
    }
}
