using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Looking;

/// <summary>A data set as it was found: everything that its category needs is there.</summary>
/// <param name="Rules">The category.</param>
/// <param name="Rows">The file of the rows.</param>
/// <param name="Folders">The folders of its files, those that rows name first.</param>
internal sealed record FoundData(CategoryRules Rules, FoundFile Rows, IReadOnlyList<FoundFolder> Folders)
{
    /// <summary>The tokenizer beside the folder of the texts; null without one.</summary>
    public FoundFile? Tokenizer { get; init; }

    /// <summary>The extension of all files that rows name; null without files.</summary>
    public string? Extension => Folders is [var first, ..] ? first.Extension : null;

    /// <summary>Remarks on entries that are no part of the data set.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public long Files => 1 + Folders.Sum(folder => (long)folder.Files.Count) + (Tokenizer is null ? 0 : 1);

    public long Bytes =>
        Rows.Size + Folders.Sum(folder => folder.Files.Sum(file => file.Size)) + (Tokenizer?.Size ?? 0);

    /// <summary>The places of the data set on this machine.</summary>
    public DatasetFolder Places => new(
        Rows.Path, [.. Folders.Select(folder => new FileLayout(folder.Folder, folder.Path, folder.Extension))]);

    /// <summary><c>labels.csv, 3 files of images (.jpg), 1.20 MiB in all</c>.</summary>
    public override string ToString() => string.Join(
        ", ",
        [
            Rows.Name,
            .. Folders.Select(folder =>
                $"{ValidationText.Counted(folder.Files.Count, "file")} in {FolderRule.KeyOf(folder.Folder)}/ "
                + $"({folder.Extension})"),
            .. Tokenizer is null ? Array.Empty<string>() : [Tokenizer.Name],
            $"{HumanSize.Of(Bytes)} in all",
        ]);
}

/// <summary>A file that was found.</summary>
/// <param name="Name">Its name in the data set's folder.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Size">Its bytes.</param>
internal sealed record FoundFile(string Name, string Path, long Size);

/// <summary>A folder that was found.</summary>
/// <param name="Folder">Its part in the data set.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Extension">The extension of its files, with the dot.</param>
/// <param name="Files">Its files of that extension, in the order of their names.</param>
internal sealed record FoundFolder(
    FileFolder Folder, string Path, string Extension, IReadOnlyList<ViewEntry> Files);
