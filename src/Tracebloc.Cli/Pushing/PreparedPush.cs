using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Runs;
using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Cli.Pushing;

/// <summary>A data set that is valid, and ready to be sent.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Digest">The digest of its content and its description.</param>
internal sealed record PreparedPush(LocalDataset Data, string Digest)
{
    public string Table => Data.Specification.Table;

    public string Category => Data.Specification.Category;

    public string Intent => Data.Specification.Intent.ToString().ToLowerInvariant();

    /// <summary>The name of its staging folder: the same for the same content.</summary>
    public string Folder => RunKey.FolderOf(Table, Digest);

    /// <summary>The request, with the paths of the staging folder.</summary>
    public PushRequest Request { get; } =
        Data.For($"{StagedPaths.Root}/{RunKey.FolderOf(Data.Specification.Table, Digest)}");

    /// <summary>The files as they are sent.</summary>
    /// <exception cref="StagingException">The name of a file cannot be sent.</exception>
    public LocalSource Source() => new(
        Request.Files().Select(file => (new StagedFile(file.Path, file.Size), file.LocalPath)));
}
