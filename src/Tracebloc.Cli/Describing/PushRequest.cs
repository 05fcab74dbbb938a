using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>Everything that staging and submission need of a data set.</summary>
/// <param name="Data">The data set of this machine.</param>
/// <param name="Specification">Its description, with the paths of the volume.</param>
/// <param name="Yaml">The same as the ingest.yaml that is submitted.</param>
internal sealed record PushRequest(LocalDataset Data, IngestSpecification Specification, string Yaml)
{
    /// <summary>The number of files.</summary>
    public long FileCount => Data.Found.Files + Data.Scripts.Count;

    /// <summary>The bytes of all files.</summary>
    public long Bytes => Data.Found.Bytes + Data.Scripts.Sum(script => script.Size);

    /// <summary>The files in the order in which they are staged, made as they are asked for.</summary>
    public IEnumerable<StageFile> Files()
    {
        var found = Data.Found;
        yield return new(StagedPaths.RowsOf(Specification.Format), found.Rows.Path, found.Rows.Size);
        foreach (var folder in found.Folders)
            foreach (var file in folder.Files)
                yield return new(
                    StagedPaths.FileOf(folder.Folder, file.Name), Path.Combine(folder.Path, file.Name), file.Size);
        if (found.Tokenizer is { } tokenizer)
            yield return new(StagedPaths.Tokenizer, tokenizer.Path, tokenizer.Size);
        foreach (var (at, script) in Data.Scripts.Index())
            yield return new(StagedPaths.ScriptOf(at), script.Path, script.Size);
    }
}

/// <summary>A file to stage.</summary>
/// <param name="Path">Its place in the stage folder, with <c>/</c>.</param>
/// <param name="LocalPath">Its place on this machine.</param>
/// <param name="Size">Its bytes when it was found.</param>
internal sealed record StageFile(string Path, string LocalPath, long Size);
