using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>A folder of a data set.</summary>
/// <param name="Folder">Its part in the data set.</param>
/// <param name="Path">Its full path.</param>
/// <param name="Extension">The extension of its files, with the dot.</param>
public sealed record FileLayout(FileFolder Folder, string Path, string Extension)
{
    /// <summary>The name of a file in messages: <c>images/cat.jpg</c>.</summary>
    public string Show(string name) => $"{FolderRule.KeyOf(Folder)}/{name}";

    /// <summary>The full path of one of its files.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);
}
