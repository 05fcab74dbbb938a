using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tracebloc.Net.Files;

namespace Tracebloc.Cli.Describing;

/// <summary>
/// SHA-256 of files by path, size and time of change, so that a push that is repeated reads nothing twice. A cache that
/// cannot be read or written is none.
/// </summary>
/// <param name="folder">The folder of the caches; null: nothing is kept.</param>
/// <param name="dataset">The data set, which names the file.</param>
/// <param name="time">The clock.</param>
internal sealed class DigestCache(string? folder, string dataset, TimeProvider time)
{
    // A file may change again within the tick of its file system's clock.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Entry> _known = [];
    private readonly Dictionary<string, Entry> _used = [];

    private string? File => folder is null ? null : Path.Combine(
        folder, $"digests-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataset)))[..32]}");

    /// <summary>Reads the cache.</summary>
    public void Load()
    {
        if (File is not { } file || !System.IO.File.Exists(file)) return;
        try
        {
            foreach (var line in System.IO.File.ReadLines(file))
                if (line.Split(' ', 4) is [{ Length: 64 } sha, var size, var changed, var path]
                    && long.TryParse(size, CultureInfo.InvariantCulture, out var bytes)
                    && long.TryParse(changed, CultureInfo.InvariantCulture, out var ticks))
                    _known[path] = new(sha, bytes, ticks);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _known.Clear();
        }
    }

    /// <summary>The digest of a file in 64 small hexadecimal digits, read where the cache has none.</summary>
    /// <exception cref="IOException">The file cannot be read, or is a link.</exception>
    public async Task<string> OfAsync(string path, CancellationToken token)
    {
        var info = new FileInfo(path);
        var (size, changed) = (info.Exists ? info.Length : -1, info.LastWriteTimeUtc);
        if (_known.TryGetValue(path, out var known) && known.Size == size && known.Changed == changed.Ticks)
        {
            _used[path] = known;
            return known.Sha256;
        }

        await using var stream = new FileStream(UnlinkedFile.Open(path), FileAccess.Read, 0);
        var sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, token));
        // A line is one entry.
        if (time.GetUtcNow() - changed >= Settled && !path.Contains('\n', StringComparison.Ordinal))
            _used[path] = new(sha, size, changed.Ticks);
        return sha;
    }

    /// <summary>Writes the entries that were used.</summary>
    public void Save()
    {
        if (File is not { } file || folder is null) return;
        var text = new StringBuilder();
        foreach (var (path, entry) in _used)
            text.Append(CultureInfo.InvariantCulture, $"{entry.Sha256} {entry.Size} {entry.Changed} {path}\n");
        try
        {
            Directory.CreateDirectory(folder);
            FileReplacement.Create(file, Encoding.UTF8.GetBytes(text.ToString()));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next push reads the files again.
        }
    }

    private readonly record struct Entry(string Sha256, long Size, long Changed);
}
