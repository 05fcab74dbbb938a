using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Cli.Describing;

/// <summary>The digest of a data set's content and description: equal for a push that is repeated.</summary>
internal static class DatasetDigest
{
    // The place on the volume is no part of the content.
    private const string Nowhere = ".";

    /// <summary>Computes the digest.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="files">The digests of files.</param>
    /// <param name="progress">Is reported the files and bytes so far.</param>
    /// <param name="token">Ends reading.</param>
    /// <returns>64 small hexadecimal digits.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<string> OfAsync(
        LocalDataset dataset, DigestCache files, Action<long, long> progress, CancellationToken token)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var request = dataset.For(Nowhere);
        Add(digest, request.Yaml);
        var (count, bytes) = (0L, 0L);
        foreach (var file in request.Files())
        {
            var sha = await files.OfAsync(file.LocalPath, token);
            Add(digest, string.Create(CultureInfo.InvariantCulture, $"{file.Path}\n{file.Size} {sha}"));
            progress(++count, bytes += file.Size);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    // No text contains NUL, so that no two lists of texts are one.
    private static void Add(IncrementalHash digest, string text) =>
        digest.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
}
