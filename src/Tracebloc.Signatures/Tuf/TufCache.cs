using System.Security.Cryptography;
using System.Text;
using Tracebloc.Net;
using Tracebloc.Net.Files;

namespace Tracebloc.Signatures.Tuf;

/// <summary>The files of one repository that were trusted before. Each is replaced in one step.</summary>
internal sealed class TufCache(TufRepository repository)
{
    private readonly string _folder = Path.Combine(repository.CacheFolder, NameOf(repository));

    /// <summary>The content of a file; null where it is absent or larger than any that is trusted.</summary>
    /// <exception cref="TufException">The file cannot be read.</exception>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path))
            return null;
        try
        {
            await using var file = RegularFile.OpenOnce(path);
            if (file.Length > TufLimits.MostBytes)
                return null;
            var content = await BoundedBody.ReadAsync(file, file.Length, TufLimits.MostBytes, cancellationToken);
            return content?.ToArray();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault(path, "read", fault);
        }
    }

    /// <exception cref="TufException">The file cannot be written.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(_folder, name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? _folder);
            FileReplacement.Create(path, content);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault(path, "written", fault);
        }
    }

    // Another anchor starts afresh: what was trusted by the former one does not count.
    private static string NameOf(TufRepository repository)
    {
        var root = repository.Root is { Span: var content } ? Convert.ToHexStringLower(SHA256.HashData(content)) : "";
        var anchor = $"{repository.Address.AbsoluteUri}\n{root}\n{repository.RootDigest}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(anchor)))[..32];
    }

    private static TufException Fault(string path, string verb, Exception cause) => new(
        $"Cache {path} cannot be {verb}: {Line.Of(cause.Message)}; give another cache folder", TufFault.Cache);
}
