using Tracebloc.ModelUpload.Archives;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>
/// The files within the one archive of another source. The listing fetches and unpacks it: an archive cannot be read
/// from its middle, nor be trusted before its hash is known.
/// </summary>
/// <param name="archive">The source of the archive, disposed of with this one.</param>
/// <param name="folder">The scratch folder of this source alone; it is created, and removed at the end.</param>
/// <param name="limits">The bounds of what is unpacked.</param>
/// <param name="transfer">The means of the fetch.</param>
internal sealed class ArchiveSource(IModelSource archive, string folder, ArchiveLimits limits, Transfer transfer)
    : IModelSource
{
    private readonly SemaphoreSlim _gate = new(1);
    private SourceListing? _listing;

    public string Name => archive.Name;

    private string Unpacked => Path.Combine(folder, "files");

    /// <summary>True for a listing that is one archive.</summary>
    public static bool IsArchive(SourceListing listing) =>
        listing.Files is [var only] && ArchiveName.KindOf(only.Path.Name) is not null;

    /// <exception cref="UploadException">
    /// The archive cannot be fetched, is none, is refused, or the scratch folder has no room.
    /// </exception>
    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _listing ??= await UnpackAsync(await archive.ListAsync(cancellationToken), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken)
    {
        try
        {
            var stream = File.OpenRead(Path.Combine(Unpacked, file.Path.Text));
            stream.Position = offset;
            return Task.FromResult<Stream>(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UploadException.OfSource($"{file.Address} cannot be read from {Unpacked}: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        ScratchFiles.Remove(folder);
        await archive.DisposeAsync();
    }

    private async Task<SourceListing> UnpackAsync(SourceListing listing, CancellationToken cancellationToken)
    {
        if (listing.Files is not [var file] || ArchiveName.KindOf(file.Path.Name) is not { } kind)
            throw UploadException.OfSource(
                $"{Name} is not one archive; give the address of a .zip, .tar, .tar.gz, .tar.bz2, .tar.xz or .tar.zst");
        ScratchFiles.Remove(folder);
        await using var content = await FetchAsync(file, cancellationToken);
        var unpacked = await new ArchiveUnpacker(limits).UnpackAsync(
            new ArchiveFile(file.Address, kind, content), UserPath.Real(Unpacked) ?? Unpacked, cancellationToken);
        return ModelFilter.Of(Name, unpacked.Select(each => FileOf(file, each)));
    }

    private async Task<FileStream> FetchAsync(SourceFile file, CancellationToken cancellationToken)
    {
        ScratchFiles.Create(Unpacked);
        await using var read = await VerifiedFile.OpenAsync(
            archive, file, transfer with { Progress = new UncountedProgress() }, cancellationToken);
        return await ScratchFiles.WriteAsync(Path.Combine(folder, "archive"), read, cancellationToken);
    }

    // Its own hash pins a file: an archive that changed in another file sends that one alone.
    private static SourceFile FileOf(SourceFile archive, ArchivedFile file) => new(
        file.Path,
        file.Length,
        $"{archive.Address}!/{file.Path}",
        file.Content.ToString(),
        [new ContentHash(HashKind.Sha256, file.Content.Hex)]);
}
