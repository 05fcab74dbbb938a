using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>
/// A file of unknown length in scratch, where its length becomes known: a tar states it before the bytes. Removed when
/// it is disposed of.
/// </summary>
internal sealed class SpooledFile : IDisposable
{
    private readonly string _path;

    private SpooledFile(string path, long length, Digest content) => (_path, Length, Content) = (path, length, content);

    public long Length { get; }

    public Digest Content { get; }

    /// <exception cref="UploadException">The source failed, or the scratch folder takes no more.</exception>
    public static async Task<SpooledFile> OfAsync(
        string scratch, IModelSource source, SourceFile file, Transfer transfer, CancellationToken cancellationToken)
    {
        var path = Path.Combine(scratch, $"spool-{Digest.Of(System.Text.Encoding.UTF8.GetBytes(file.Path.Text)).Hex}");
        try
        {
            await using var content = await VerifiedFile.OpenAsync(source, file, transfer, cancellationToken);
            await using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0, true);
            await content.CopyToAsync(target, 128 * 1024, cancellationToken);
            return new SpooledFile(path, target.Length, content.Content ?? throw new InvalidOperationException());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(path);
            throw UploadException.OfSource(
                $"Scratch file of {file.Path} cannot be written: {fault.Message}; give a larger --storage-path",
                fault);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public Stream Open(long offset)
    {
        var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, true);
        stream.Position = offset;
        return stream;
    }

    public void Dispose() => File.Delete(_path);
}
