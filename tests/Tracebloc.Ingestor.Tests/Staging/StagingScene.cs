using System.Collections.Concurrent;
using System.IO.Pipelines;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

/// <summary>A volume, a local folder, and receivers on pipes.</summary>
internal sealed class StagingScene : IDisposable
{
    public const string Folder = "cats_train-1f3a5c";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("staging-");
    private readonly ConcurrentBag<Task<Exception?>> _receivers = [];

    public StagingScene()
    {
        Local = _root.CreateSubdirectory("local").FullName;
        Volume = _root.CreateSubdirectory("volume").FullName;
        Place = StagingPlace.Of(Volume, Folder);
    }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public string Local { get; }

    public string Volume { get; }

    public StagingPlace Place { get; }

    public ReceiverOptions Receiver { get; set; } = new() { Version = "2.0.0" };

    public StagingOptions Sender { get; set; } = new() { Folder = Folder, Version = "2.0.0" };

    /// <summary>Wraps the sender's outgoing stream.</summary>
    public Func<Stream, Stream> Wrap { get; set; } = stream => stream;

    public List<StagingProgress> Progress { get; } = [];

    /// <summary>The faults of the receivers that have ended, in no order.</summary>
    public async Task<IReadOnlyList<Exception>> FaultsAsync()
    {
        var ends = await Task.WhenAll(_receivers).WaitAsync(Cancelled);
        _receivers.Clear();
        return [.. ends.OfType<Exception>()];
    }

    public string Write(string path, ReadOnlySpan<byte> content)
    {
        var file = Path.Combine(Local, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    /// <summary>Writes a file of bytes that look random, and are the same each time.</summary>
    public string Write(string path, int size, int seed = 1)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        return Write(path, content);
    }

    public LocalSource Source() => new(
        Directory.EnumerateFiles(Local, "*", SearchOption.AllDirectories)
            .Select(file => (new StagedFile(Path.GetRelativePath(Local, file), new FileInfo(file).Length), file))
            .OrderBy(file => file.Item1.Path, StringComparer.Ordinal));

    /// <summary>Sends the local folder, and waits for the receivers too.</summary>
    public async Task<StagingResult> SendAsync(IStagingSource? source = null)
    {
        try
        {
            return await SendOnlyAsync(source);
        }
        finally
        {
            await Task.WhenAll(_receivers).WaitAsync(Cancelled);
        }
    }

    public Task<StagingResult> SendOnlyAsync(IStagingSource? source = null) =>
        new StagingSender(Sender, Receiver.Time).SendAsync(
            source ?? Source(), _ => Task.FromResult(Connect()), Progress.Add, Cancelled);

    /// <summary>Starts a receiver.</summary>
    /// <returns>The sender's streams.</returns>
    public StagingStreams Connect(CancellationToken? stop = null)
    {
        var (there, back) = (new Pipe(), new Pipe());
        var streams = new StagingStreams(there.Reader.AsStream(), back.Writer.AsStream());
        _receivers.Add(Task.Run(() => ReceiveAsync(streams, stop ?? Cancelled), Cancelled));
        return new StagingStreams(back.Reader.AsStream(), Wrap(there.Writer.AsStream()));
    }

    private async Task<Exception?> ReceiveAsync(StagingStreams streams, CancellationToken token)
    {
        try
        {
            await using (streams) await new StagingReceiver(Place, Receiver).RunAsync(streams, token);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    /// <summary>The files below a folder with their content's hashes, and links as such.</summary>
    public static SortedDictionary<string, string> Tree(string folder) => new(
        Directory.Exists(folder)
            ? Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).ToDictionary(
                path => Path.GetRelativePath(folder, path),
                path => Directory.Exists(path) ? "folder" : Convert.ToHexString(
                    System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))))
            : [],
        StringComparer.Ordinal);

    public void RequireSame()
    {
        Assert.Equal(Tree(Local), Tree(Place.Files));
        Assert.False(File.Exists(Place.LockFile));
        var work = Assert.Single(Place.Works());
        Assert.EndsWith(".list", Assert.Single(Directory.EnumerateFileSystemEntries(work)));
    }

    /// <summary>The bytes of the parts.</summary>
    public long PartLength() => Directory.EnumerateFiles(Assert.Single(Place.Works()), "*.part")
        .Sum(part => new FileInfo(part).Length);

    /// <summary>Waits until so many bytes of parts have arrived.</summary>
    public async Task ArrivedAsync(long bytes)
    {
        while (PartLength() < bytes)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        // A receiver whose sender is gone still writes its list.
        Task.WaitAll([.. _receivers], TimeSpan.FromSeconds(30));
        _root.Delete(recursive: true);
    }
}
