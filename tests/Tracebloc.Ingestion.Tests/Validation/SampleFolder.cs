using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

/// <summary>The folders of a data set, with the files that a test puts there.</summary>
internal sealed class SampleFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("dataset-");

    public string Root => _root.FullName;

    public FileLayout Images => new(FileFolder.Images, At("images"), ".jpg");

    public FileLayout Annotations => new(FileFolder.Annotations, At("annotations"), ".xml");

    public FileLayout Masks => new(FileFolder.Masks, At("masks"), ".png");

    public FileLayout Texts => new(FileFolder.Texts, At("texts"), ".txt");

    public string At(string path) => Path.Combine(Root, path);

    public SampleFolder With(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), content);
        return this;
    }

    public SampleFolder With(string path, string content = "") =>
        With(path, System.Text.Encoding.UTF8.GetBytes(content));

    public DatasetFolder Of(params IReadOnlyList<FileLayout> layout) => new(At("rows.csv"), layout);

    /// <summary>Runs a validator.</summary>
    public static async Task<Findings> CheckAsync(IFolderValidator validator)
    {
        var findings = new Findings(validator.Name);
        await validator.CheckAsync(findings, TestContext.Current.CancellationToken);
        return findings;
    }

    /// <summary>The findings as they are printed, the root of this folder left out.</summary>
    public IReadOnlyList<string> Printed(Findings findings) =>
        [.. findings.First.Select(finding => $"{finding}".Replace(Root + "/", ""))];

    /// <summary>Removes all files.</summary>
    public void Clear()
    {
        foreach (var folder in _root.GetDirectories()) folder.Delete(recursive: true);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
